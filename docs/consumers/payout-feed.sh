#!/bin/sh
# Takes the payout feed into a file of JSON lines with curl, jq and openssl, checks each signature, and prints the sums in cents.
#   FUND_API_URL=https://fund.example TOKEN=... LEDGER_FILE=payouts.jsonl sh payout-feed.sh
# Run it again for what came since; delete the file and run it to rebuild. CHECK_SIGNATURES=no leaves the (slow) check out.
set -eu
for tool in curl jq openssl; do
  command -v "$tool" > /dev/null || { echo "this example needs $tool" >&2; exit 69; }
done
: "${FUND_API_URL:?}" "${TOKEN:?}"
ledger=${LEDGER_FILE:-payouts.jsonl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$ledger"

# The token is given in a file, so that it does not stand in the list of processes.
(umask 077 && printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" > "$work/curl")
api() { curl --silent --show-error --fail-with-body --max-time 30 --config "$work/curl" "$@"; }

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
from_base64url() { tr -- '-_' '+/' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | openssl base64 -d -A; }

# JWKS -> one PEM file for each key: the DER prefix of an Ed25519 public key, then its 32 bytes.
api "$FUND_API_URL/v1/signing-keys" > "$work/keys"
jq -r '.keys[] | "\(.kid) \(.x)"' "$work/keys" | while read -r kid x; do
  { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; printf '%s' "$x" | from_base64url; } |
    openssl pkey -pubin -inform DER -out "$work/$kid.pem"
done

# $1: a file with one item. Fails when the fund did not sign it.
genuine() {
  header=$(jq -r '.signature // "" | split("..")[0]' "$1")
  kid=$(printf '%s' "$header" | from_base64url | jq -r .kid)
  jq -r '.signature | split("..")[1]' "$1" | from_base64url > "$work/signature"
  hash=$(jq -j .data "$1" | openssl dgst -sha256 -r | cut -d' ' -f1)
  payload=$(jq -cjS --arg hash "$hash" '{datasha256: $hash, id, sequence, source: "/services/finance", subject, time, type}' "$1" | base64url)
  printf '%s.%s' "$header" "$payload" > "$work/signed"
  openssl pkeyutl -verify -pubin -inkey "$work/$kid.pem" -rawin -in "$work/signed" -sigfile "$work/signature" > /dev/null
}

while :; do
  position=$(jq -rs 'map(.position | tonumber) | max // 0' "$ledger")
  api "$FUND_API_URL/v1/payout-feed?after=$position&limit=500" > "$work/page"
  jq -c '.items[]' "$work/page" > "$work/items"
  [ -s "$work/items" ] || break
  if [ "${CHECK_SIGNATURES:-yes}" = yes ]; then
    while IFS= read -r item; do
      printf '%s' "$item" > "$work/item"
      genuine "$work/item" || { echo "not signed by the fund: $item" >&2; exit 1; }
    done < "$work/items"
  fi
  cat "$work/items" >> "$ledger"
done

# Only now, caught up: in the middle of a rebuild it would be behind what was once confirmed.
jq '{position: .next}' "$work/page" |
  api --header 'Content-Type: application/json' --data-binary @- "$FUND_API_URL/v1/payout-feed/receipts" > /dev/null

# Each id once; of each payout the latest state.
jq -rs '
  unique_by(.id) | group_by(.subject) | map(max_by(.sequence) | .data | fromjson)
  | group_by([.status, .amount.currency])[]
  | "\(.[0].status) \(.[0].amount.currency)\t\(map(.amount.amount | sub("\\."; "") | tonumber) | add)"' "$ledger"
