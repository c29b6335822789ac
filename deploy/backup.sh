#!/usr/bin/env bash
# Backs up what docker compose runs from this folder: deploy/backup.sh FOLDER. See deploy/runbooks/backup.md.
# BACKUP_ENCRYPT is a command that encrypts its input, such as 'age -r age1…'; nothing unencrypted is written to the disk.
set -euo pipefail
# In braces, so that the whole file is read first: an update may put another one in its place meanwhile.
{
folder=$(realpath -m "${1:?deploy/backup.sh FOLDER: where to, a new folder}")
cd "$(dirname "$0")/.."
: "${BACKUP_ENCRYPT:?a command that encrypts, such as \"age -r age1…\": the backup holds every secret and bank account (BACKUP_ENCRYPT=cat for none)}"

[[ ! -e $folder ]] || { echo "$folder is there already; a backup goes into a new folder." >&2; exit 1; }
[[ -n $(docker compose ps -q postgres) ]] ||
  { echo 'Postgres does not run here; start it with "docker compose up --wait postgres". One of your own is backed up where it runs.' >&2; exit 1; }

half=$folder.half
rm -rf "$half"
mkdir -p -m 700 "$half"
trap 'rm -rf "$half"' EXIT

keep() { bash -o pipefail -c "$BACKUP_ENCRYPT" >"$half/$1.enc"; }
volume() { docker compose run --rm --no-deps -T backup tar -cf - -C "/volumes/$1" .; }
query() { docker compose exec -T postgres psql -qtAX -U postgres -d fund -c "$1"; }

position=$(query 'SELECT coalesce(max(position), 0) FROM finance.outbox_message')
volume secrets | keep secrets.tar
# Before the database: a checkpoint of the audit trail that is newer than the trail would be a finding.
volume checkpoints | keep checkpoints.tar
docker compose exec -T postgres pg_dumpall -U postgres --roles-only | keep roles.sql
docker compose exec -T postgres pg_dump -U postgres -d fund -Fc | keep database.dump

cat >"$half/about" <<ABOUT
at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
version=$(git describe --always --dirty 2>/dev/null || echo "${FUND_VERSION:-local}")
feed_position=$position
ABOUT
(cd "$half" && sha256sum ./*.enc about >SHA256SUMS)
sync "$half"/* && mv "$half" "$folder"
echo "Backed up to $folder ($(du -sh "$folder" | cut -f1)); the payout feed was at position $position."
exit
}
