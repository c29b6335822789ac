import { pathParameters } from '#contracts';
import type { Call } from '#platform';
import type { AnswerSeal } from './answer-seal';
import { type Key, requestHash, storedReply } from './idempotency';
import type { TransactionOutput } from './transaction-output';

/** Names the caller and the operation as the cause of what the transaction leaves behind from here on. */
export function beginOutput(output: TransactionOutput, call: Call): void {
  output.because({
    actor: call.caller.subject,
    operation: call.operation.subject,
    correlationId: call.correlationId,
    causationId: call.correlationId,
    traceparent: call.traceparent,
  });
}

/** The audit record of a command, and its answer for a repetition under the same key. */
export function endOutput(
  output: TransactionOutput,
  { call, key, reply, seal }: { call: Call; key: Key | undefined; reply: unknown; seal: AnswerSeal },
): void {
  const fingerprint = key?.fingerprint ?? requestHash(call);
  output.auditAs({
    ...objectOf(call, reply),
    details: { roles: call.caller.roles, requestHash: fingerprint.toString('hex') },
    ...whyOf(call),
  });
  if (key) output.answerWith(storedReply(call, key, reply, seal));
}

/** What the command was about: the resource in the path, or the one it made. */
function objectOf(call: Call, reply: unknown): { objectId?: string; objectVersion?: number } {
  const view = (reply ?? {}) as { id?: unknown; version?: unknown };
  const request = (call.request ?? {}) as Record<string, unknown>;
  const inPath = pathParameters(call.operation.http.path).map((name) => request[name])[0];
  const objectId = typeof view.id === 'string' ? view.id : inPath;
  return {
    ...(typeof objectId === 'string' && { objectId }),
    ...(typeof view.version === 'number' && { objectVersion: view.version }),
  };
}

/** Members in which a request says why: `reason`, `justification`, `decisionNote`. */
const WHY = /^(reason|justification|explanation|note)$|(Reason|Note)$/;

function whyOf({ operation, request }: Call): { why?: string } {
  if (operation.why === 'withheld') return {};
  const members = Object.entries((request ?? {}) as Record<string, unknown>);
  const texts = members.flatMap(([name, text]) => (WHY.test(name) && typeof text === 'string' ? [text] : []));
  return texts.length > 0 ? { why: texts.join('\n') } : {};
}
