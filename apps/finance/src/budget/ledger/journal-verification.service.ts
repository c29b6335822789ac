import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppError, type RequestOf } from '#contracts';
import { type JournalVerification, verifyJournal } from '#contracts/finance';
import { Database } from '#database';
import {
  Audit,
  type ChainFault,
  type ChainHead,
  findUnsealed,
  FIRST_ID,
  type Finding,
  START,
  walkChain,
} from '#messaging';
import { Clock, Handle } from '#platform';
import { JOURNAL, JOURNAL_CHAIN } from './journal-subject.rows';
import { AMOUNT_CHECKS } from './stored-amounts.rows';

export { JOURNAL_CHAIN } from './journal-subject.rows';

/** An answer stops after this long and says where to go on, so that a journal of any size is verified in calls of one size. */
const PART_MS = 1000;
const STEP = 1000;

/** Where a verification stands: first the chain, then what is not in it, then one stored amount after the other. */
const Progress = z.strictObject({
  stage: z.union([z.literal('chain'), z.literal('unsealed'), z.int().nonnegative()]),
  seq: z.string().regex(/^\d{1,18}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  afterId: z.uuid(),
});
type Progress = z.infer<typeof Progress>;

/** Puts the journal under audit, and verifies it and the amounts stored beside it when somebody asks, in parts. */
@Injectable()
export class JournalVerifier {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {
    audit.add(JOURNAL);
  }

  /** Verifies on from where the part before stopped. A cut tail shows against the checkpoints that were signed, and the given one. */
  @Handle(verifyJournal)
  async verify(request: RequestOf<typeof verifyJournal>): Promise<JournalVerification> {
    const { after, from, checkpointSeq, checkpointHash } = request;
    const checkpoints = await this.audit.checkpoints.signedHeads('journal');
    if (checkpointSeq !== undefined && checkpointHash !== undefined)
      checkpoints.push({ seq: BigInt(checkpointSeq), hash: checkpointHash });
    const begin = from === 'CHECKPOINT' ? lastOf(checkpoints) : START;
    let progress = after === undefined ? { ...BEGIN, ...position(begin) } : progressOf(after);
    const findings: Finding[] = [];
    const startedAt = performance.now();
    for (;;) {
      const step = await this.step(progress, checkpoints);
      if ('fault' in step) return await this.answer(step.progress, { fault: step.fault, findings, next: null });
      findings.push(...step.findings);
      if (!step.next) return await this.answer(progress, { findings, next: null });
      progress = step.next;
      if (performance.now() - startedAt > PART_MS) return await this.answer(progress, { findings, next: progress });
    }
  }

  private async step(progress: Progress, checkpoints: readonly ChainHead[]): Promise<Step> {
    const { stage, afterId } = progress;
    if (stage === 'chain') {
      const from = { seq: BigInt(progress.seq), hash: progress.hash };
      const walk = await walkChain(this.database, JOURNAL_CHAIN, { from, checkpoints, sealsMax: STEP });
      const reached = { ...progress, ...position(walk.position) };
      if (walk.fault) return { fault: walk.fault, progress: reached };
      return { findings: [], next: { ...reached, stage: walk.isAtEnd ? 'unsealed' : 'chain' } };
    }
    if (stage === 'unsealed') {
      const part = await findUnsealed(this.database, JOURNAL_CHAIN, { from: afterId, recordsMax: STEP });
      if (part.fault) return { fault: part.fault, progress };
      return {
        findings: [],
        next: part.isAtEnd ? { ...progress, stage: 0, afterId: FIRST_ID } : { ...progress, afterId: part.lastId },
      };
    }
    const check = AMOUNT_CHECKS[stage];
    if (!check) return { findings: [] };
    const { findings, lastId } = await check.step(this.database, afterId);
    return {
      findings,
      next: lastId ? { ...progress, afterId: lastId } : { ...progress, stage: stage + 1, afterId: FIRST_ID },
    };
  }

  private async answer(
    { stage, seq, hash }: Progress,
    { fault, findings, next }: { fault?: ChainFault; findings: readonly Finding[]; next: Progress | null },
  ): Promise<JournalVerification> {
    const [chain] = await this.database.query<{ total: bigint | null }>('SELECT max(seq) AS total FROM journal_seal');
    return {
      isIntact: fault === undefined && findings.length === 0,
      stage: stage === 'chain' ? 'CHAIN' : stage === 'unsealed' ? 'UNSEALED' : 'AMOUNTS',
      checked: Number(seq),
      total: Number(chain?.total ?? 0),
      head: seq === '0' ? null : { seq: Number(seq), hash },
      fault: fault
        ? {
            kind: fault.kind.replace('record', 'entry'),
            seq: Number(fault.seq ?? seq),
            entryId: fault.recordId ?? null,
          }
        : null,
      findings: findings
        .slice(0, FINDINGS_MAX)
        .map(({ kind, sentence, recordId }) => ({ kind, sentence, objectId: recordId ?? null })),
      next: next ? Buffer.from(JSON.stringify(next)).toString('base64url') : null,
      verifiedAt: this.clock.now().toISOString(),
    };
  }
}

type Step = { findings: readonly Finding[]; next?: Progress } | { fault: ChainFault; progress: Progress };

const FINDINGS_MAX = 100;
const BEGIN = { stage: 'chain', afterId: FIRST_ID } as const;

function position({ seq, hash }: ChainHead): Pick<Progress, 'seq' | 'hash'> {
  return { seq: seq.toString(), hash };
}

/** What was signed last; without any the chain is walked from its start. */
function lastOf(checkpoints: readonly ChainHead[]): ChainHead {
  return checkpoints.reduce((last, each) => (each.seq > last.seq ? each : last), START);
}

function progressOf(text: string): Progress {
  try {
    return Progress.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (error) {
    throw new AppError('PLATFORM_CURSOR_INVALID', undefined, { cause: error });
  }
}
