#!/usr/bin/env bash
# Restores a backup of deploy/backup.sh into a compose project that has no data yet: deploy/restore.sh FOLDER. See deploy/runbooks/backup.md.
# BACKUP_DECRYPT undoes BACKUP_ENCRYPT, such as 'age -d -i key.txt'. FEED_POSITION_KNOWN is the last position in the finance department's
# books; ACCEPT_LOSS=yes goes on although the backup is older than those.
set -euo pipefail
# In braces, so that the whole file is read first: an update may put another one in its place meanwhile.
{
folder=$(realpath "${1:?deploy/restore.sh FOLDER: the backup}")
cd "$(dirname "$0")/.."
: "${BACKUP_DECRYPT:?the command that decrypts, such as \"age -d -i key.txt\" (BACKUP_DECRYPT=cat for none)}"

services=(partnership staffing finance events)
project=$(docker compose config | sed -n 's/^name: //p')
stored() { (set -o pipefail && bash -c "$BACKUP_DECRYPT" <"$folder/$1.enc"); }
fill() { stored "$1.tar" | docker compose run --rm --no-deps -T backup tar -xf - -C "/volumes/$1"; }
query() { docker compose exec -T postgres psql -qtAX -U postgres -d fund -c "$1"; }
say() { printf '%s\n' "$*"; }

(cd "$folder" && sha256sum --quiet -c SHA256SUMS) || { say "The backup in $folder is not what was written; take another one." >&2; exit 1; }
stored roles.sql >/dev/null || { say "BACKUP_DECRYPT does not open $folder." >&2; exit 1; }
if [[ -n $(docker volume ls -q --filter "label=com.docker.compose.project=$project") ]]; then
  say "The project $project has data already. Name a new one (COMPOSE_PROJECT_NAME), or delete it with docker compose down --volumes." >&2
  exit 1
fi
feed_position=$(sed -n 's/^feed_position=//p' "$folder/about")
missing=$((${FEED_POSITION_KNOWN:-0} - feed_position))
if ((missing > 0)); then
  say "The finance department has the payout feed up to position $FEED_POSITION_KNOWN, the backup up to $feed_position: $missing positions are missing in it." \
    'They will be given a second time, to other messages: the department has to rebuild its books from after=0, and each of those' \
    'payouts has to be looked up at the bank before it is paid.' >&2
  [[ ${ACCEPT_LOSS:-} == yes ]] || { say 'Nothing was restored. Take a newer backup, or go on with ACCEPT_LOSS=yes.' >&2; exit 3; }
fi

say "Restoring the backup of $(sed -n 's/^at=//p' "$folder/about") into $project."
docker compose build --quiet
fill secrets
fill checkpoints
docker compose up --wait --no-build postgres >/dev/null 2>&1
# The administrator is there already, with the password of the restored secrets.
stored roles.sql | sed '/^CREATE ROLE postgres;$/d' | docker compose exec -T postgres psql -qX -v ON_ERROR_STOP=1 -U postgres -d postgres >/dev/null
docker compose exec -T postgres psql -qX -U postgres -d postgres -c 'DROP DATABASE fund WITH (FORCE)'
stored database.dump | docker compose exec -T postgres pg_restore --exit-on-error --create -U postgres -d postgres
say "The database is there, its payout feed at position $(query 'SELECT coalesce(max(position), 0) FROM finance.outbox_message')."

# Streams are made anew and filled from the outboxes; nobody is let in before that is done. A service is ready once it has the keys of the
# identity provider; that of the demo has to be started for it.
provider=$(docker compose config --services | grep -x identity-provider || true)
docker compose up --wait --no-build "${services[@]}" ${provider:+"$provider"} >/dev/null 2>&1 || { docker compose logs --tail 20 migrate "${services[@]}"; exit 1; }
for service in "${services[@]}"; do
  docker compose exec -T "$service" node dist/tools/recheck.js --by restore.sh --reason "restored from $(basename "$folder")"
done
docker compose run --rm --no-deps -T auditor
docker compose up --wait --no-build >/dev/null 2>&1
say "Restored. $(query "SELECT string_agg(format('%s had acknowledged up to position %s', durable, acknowledged_position), '; ' ORDER BY durable) FROM finance.external_consumer")." \
  'What came after that comes to it again over NATS, with the same ids.'
exit
}
