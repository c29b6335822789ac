#!/usr/bin/env node
// Verifies an audit folder beside which it lies, without any code of the platform: see README.md. Says each finding in one sentence;
// exit code 1 with any, 2 when it could not verify.
//
// hash = SHA-256(hash before, 32 bytes; then the content in UTF-8). A checkpoint is {"checkpoint": {...}, "signature":
// "<header>..<signature>"}, a detached JWS (RFC 7515) with Ed25519 over the canonical JSON (RFC 8785); so is manifest.json.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const read = (path) => readFileSync(join(folder, path));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const findings = [];
const notes = [];

try {
  const keys = readKeys();
  const { manifest } = openSigned('manifest.json', 'manifest', keys);
  verifyFiles(manifest);
  const checkpoints = manifest.files
    .map(({ path }) => path)
    .filter((path) => /^checkpoints\/.+-\d{6}-.+\.json$/.test(path))
    .map((path) => openSigned(path, 'checkpoint', keys).checkpoint);
  for (const name of ['journal', 'audit']) verifyChain(name, checkpoints);
  verifySample();
  for (const note of notes) console.log(note);
  for (const finding of findings) console.log(finding);
  console.log(findings.length === 0 ? 'OK: everything is as it was sealed.' : `${findings.length} findings.`);
  if (findings.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`Could not verify: ${error.message}`);
  process.exitCode = 2;
}

function readKeys() {
  const at = process.argv.indexOf('--keys');
  const given = at > 0 ? process.argv[at + 1] : undefined;
  const keys = JSON.parse(given ? readFileSync(given, 'utf8') : read('checkpoints/keys.json'));
  const byId = new Map(keys.map((jwk) => [kidOf(jwk), jwk]));
  if (!given) notes.push(`The key comes from the folder itself. Compare its id: ${[...byId.keys()].join(', ') || 'none'}`);
  return byId;
}

function kidOf({ x }) {
  return createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })).digest('base64url');
}

function openSigned(path, member, keys) {
  const signed = JSON.parse(read(path));
  if (signed.signature === null) notes.push(`${path} is not signed: this platform has no key for checkpoints.`);
  else if (!isSigned(signed[member], signed.signature, keys)) findings.push(`${path} was changed after it was signed, or by a key that is not yours.`);
  return signed;
}

function isSigned(content, signature, keys) {
  const [header, , bytes] = signature.split('.');
  const jwk = keys.get(JSON.parse(Buffer.from(header, 'base64url')).kid);
  if (!jwk) return false;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk.x }, format: 'jwk' });
  const input = Buffer.from(`${header}.${Buffer.from(canonical(content)).toString('base64url')}`);
  return verifySignature(null, input, key, Buffer.from(bytes, 'base64url'));
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

function verifyFiles({ files }) {
  const listed = new Set(['manifest.json', ...files.map(({ path }) => path)]);
  for (const { path, bytes, sha256: hash } of files) {
    let content;
    try {
      content = read(path);
    } catch {
      findings.push(`${path} is missing.`);
      continue;
    }
    if (content.length !== bytes || sha256(content) !== hash) findings.push(`${path} was changed.`);
  }
  for (const path of allFiles(folder)) if (!listed.has(path)) findings.push(`${path} does not belong to the folder.`);
  console.log(`${files.length} files.`);
}

function allFiles(from) {
  return readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    const path = join(from, entry.name);
    return entry.isDirectory() ? allFiles(path) : [relative(folder, path).split(sep).join('/')];
  });
}

/** Each link fits its content and the one before; each run of links ends at a signed checkpoint, or is said not to. */
function verifyChain(name, checkpoints) {
  const lines = read(`chain/${name}.ndjson`).toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const heads = new Map(
    checkpoints.flatMap(({ number, chains }) =>
      chains.filter((it) => it.name === name).map(({ count, head }) => [count, { number, head }]),
    ),
  );
  const sealed = new Set();
  for (const [index, { seq, id, previous, hash, content }] of lines.entries()) {
    const before = lines[index - 1];
    const after = lines[index + 1];
    if (sha256(Buffer.concat([Buffer.from(previous, 'hex'), Buffer.from(content)])) !== hash)
      findings.push(`The ${name} record ${id} (number ${seq}) is not what was sealed.`);
    if (before?.seq === seq - 1 && before.hash !== previous)
      findings.push(`The ${name} record ${id} (number ${seq}) does not follow the one before it.`);
    const checkpoint = heads.get(seq);
    if (checkpoint && checkpoint.head !== hash) findings.push(`The ${name} chain is not the one that checkpoint ${checkpoint.number} saw.`);
    if (after?.seq !== seq + 1 && !checkpoint)
      notes.push(`The ${name} chain up to number ${seq} is younger than the last checkpoint.`);
    sealed.add(id);
  }
  const records = JSON.parse(read(name === 'audit' ? 'trail/audit-records.json' : 'records/journal-entries.json'));
  for (const { id } of records) if (!sealed.has(id)) notes.push(`The ${name} record ${id} is not sealed yet.`);
  console.log(`${lines.length} links of the ${name} chain.`);
}

function verifySample() {
  let sample;
  try {
    sample = JSON.parse(read('sample.json'));
  } catch {
    return;
  }
  const { seed, count, population, drawn } = sample;
  const again = population
    .map((id) => [sha256(`${seed} ${id}`), id])
    .sort()
    .slice(0, count)
    .map(([, id]) => id);
  if (again.join() !== drawn.join()) findings.push(`sample.json: the seed ${seed} does not draw these payouts.`);
  console.log(`${drawn.length} of ${population.length} payouts drawn by the seed ${seed}.`);
}
