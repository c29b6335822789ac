import type { PublicSigningKey } from '../signing/ed25519-key';
import type { AuditSubject, Finding } from './audit-subject';
import { type Checkpoint, type CheckpointDocument, documentHash, documentName, openCheckpoint } from './checkpoint';
import { type ChainFault, findUnsealed, type SqlReader, walkChain } from './hash-chain';

/** What is verified, and against what. */
export interface VerificationScope {
  readonly service: string;
  /** Reads the service's schema. */
  readonly reader: SqlReader;
  readonly subjects: readonly AuditSubject[];
  /** By place: what lies outside the database. */
  readonly documents: ReadonlyMap<string, readonly CheckpointDocument[]>;
  readonly keys: readonly PublicSigningKey[];
  readonly acceptedFrom: number;
  /** Between two steps: lets other work go first. */
  readonly pause?: () => Promise<void>;
}

export interface VerificationReport {
  readonly service: string;
  readonly chains: readonly { readonly name: string; readonly checked: number }[];
  readonly checkpoints: number;
  readonly findings: readonly Finding[];
}

/**
 * Verifies everything that a service has under audit: signatures and order of the checkpoints, each chain against them, and stored
 * amounts against the chains. Every finding is a sentence; of a chain only its first fault, since all that follows hangs on it.
 */
export async function verifyService(scope: VerificationScope): Promise<VerificationReport> {
  const { service, reader, subjects, pause } = scope;
  const { checkpoints, findings } = await verifyCheckpoints(scope);
  const chains: { name: string; checked: number }[] = [];
  const pausing = pause ? { pause } : {};
  for (const subject of subjects) {
    const { chain } = subject;
    const heads = checkpoints.flatMap((it) => it.chains.filter(({ name }) => name === chain.name));
    const known = heads.filter(({ count }) => count > 0).map(({ count, head }) => ({ seq: BigInt(count), hash: head }));
    const walk = await walkChain(reader, chain, { checkpoints: known, ...pausing });
    chains.push({ name: chain.name, checked: Number(walk.position.seq) });
    const fault = walk.fault ?? (await findUnsealed(reader, chain, pausing)).fault;
    if (fault) findings.push(findingOf(subject, fault, heads.at(-1)?.count ?? 0));
    findings.push(...((await subject.verifyAmounts?.(reader, pause)) ?? []));
  }
  return { service, chains, checkpoints: checkpoints.length, findings };
}

/** The fault of a chain as a sentence. */
export function findingOf({ chain, record }: AuditSubject, fault: ChainFault, counted: number): Finding {
  const { kind, seq, recordId } = fault;
  return {
    check: chain.name,
    kind,
    sentence: sentenceOf(record, fault, counted),
    ...(seq !== undefined && { seq: Number(seq) }),
    ...(recordId !== undefined && { recordId }),
  };
}

function sentenceOf(record: string, { kind, seq, recordId }: ChainFault, counted: number): string {
  const [number, id] = [String(seq ?? 0n), recordId ?? ''];
  switch (kind) {
    case 'record-changed':
      return `The ${record} ${id} (number ${number}) was changed after it was sealed.`;
    case 'record-missing':
      return `The ${record} ${id} (number ${number}) was deleted.`;
    case 'link-broken':
      return `The ${record} ${id} (number ${number}) does not follow the one before it: seals were swapped or replaced.`;
    case 'seal-missing':
      return seq === 1n && counted > 0
        ? `Every ${record} is gone: a signed checkpoint counted ${counted}.`
        : `The ${record} number ${number} and its seal are missing${counted > 0 ? `; a signed checkpoint counted ${counted}` : ''}.`;
    case 'record-unsealed':
      return `The ${record} ${id} is not in the chain: it was slipped in, or kept out of it.`;
    case 'checkpoint-differs':
      return `The chain was written anew: its ${record} number ${number} is not the one that a signed checkpoint names.`;
  }
}

async function verifyCheckpoints(
  scope: VerificationScope,
): Promise<{ checkpoints: Checkpoint[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  const say = (kind: string, sentence: string): void => void findings.push({ check: 'checkpoints', kind, sentence });
  const opened = new Map<string, { checkpoint: Checkpoint; document: CheckpointDocument }>();
  for (const [place, documents] of scope.documents) {
    const numbers = new Set<number>();
    for (const document of documents) {
      const result = openCheckpoint(document, scope.keys);
      if ('fault' in result) {
        say('checkpoint-invalid', `A checkpoint of ${scope.service} in the ${place} ${result.fault}.`);
        continue;
      }
      const { checkpoint } = result;
      if (checkpoint.service !== scope.service || checkpoint.number < scope.acceptedFrom) continue;
      numbers.add(checkpoint.number);
      const other = opened.get(String(checkpoint.number));
      if (other && other.document !== document)
        say('checkpoint-doubled', `There are two different checkpoints number ${checkpoint.number}, both signed.`);
      opened.set(String(checkpoint.number), { checkpoint, document });
    }
    for (const name of await missingIn(scope, place, numbers))
      say('checkpoint-missing', `The checkpoint ${name} was written to the ${place} and is no longer there.`);
  }
  const inOrder = [...opened.values()].sort((a, b) => a.checkpoint.number - b.checkpoint.number);
  for (const [index, { checkpoint }] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (!before || before.checkpoint.number !== checkpoint.number - 1) continue;
    if (checkpoint.previous !== documentHash(before.document))
      say('checkpoint-order', `The checkpoint number ${checkpoint.number} does not follow the one before it.`);
  }
  return { checkpoints: inOrder.map(({ checkpoint }) => checkpoint), findings };
}

/** Names of checkpoints that were written to a place and are not in it, and numbers that are left out. */
async function missingIn(scope: VerificationScope, place: string, there: ReadonlySet<number>): Promise<string[]> {
  const written = await scope.reader.query<{ number: number; day: string }>(
    'SELECT number, day FROM audit_checkpoint WHERE $1 = ANY (written_to) AND number >= $2 ORDER BY number',
    [place, scope.acceptedFrom],
  );
  const named = new Map(
    written.map(({ number, day }) => [number, documentName({ service: scope.service, number, day })]),
  );
  for (let number = scope.acceptedFrom; number <= Math.max(0, ...there); number += 1)
    if (!named.has(number)) named.set(number, `${scope.service}, number ${number}`);
  return [...named].filter(([number]) => !there.has(number)).map(([, name]) => name);
}
