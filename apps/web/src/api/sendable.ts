import type { Operation } from '#contracts';
import { submitProofOfUse } from '#contracts/finance';
import { submitReport } from '#contracts/staffing';

const SENDABLE: readonly Operation[] = [submitReport, submitProofOfUse];

/** What is written without a line and sent later. */
export function operationOf(subject: string): Operation | undefined {
  return SENDABLE.find((operation) => operation.subject === subject);
}
