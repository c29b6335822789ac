# Becomes Node 24 with the given arguments, after everything that a fresh checkout lacks was installed and built:
#   sh tools/node.sh dist/tools/token.js finance-officer
# Every script of package.json goes through here. It asks the packages themselves where their Node is: npm before 11 puts no
# link to it into node_modules/.bin. `exec` leaves no shell between npm and the program: signals and exit codes pass through.
case $(node --version) in
v[0-9].* | v1[0-7].*)
  echo "The platform's scripts need Node 18 or newer to begin with; this is $(node --version). Please install one: https://nodejs.org" >&2
  exit 1
  ;;
esac
node=$(node "$(dirname "$0")/install.mjs" --print-node) || exit
exec "$node" "$@"
