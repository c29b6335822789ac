import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { checkEligibility, type EligibilityCheck } from '#contracts/partnership';
import { type Call, RpcClient } from '#platform';

const RETRY_AFTER_SECONDS = 2;

/** What a step asks; what the request says of an override goes along. */
type Question = RequestOf<typeof checkEligibility>;

/**
 * Asks the partnership service whether those who ask for an expert are eligible now. Never decided on the copy that messages keep
 * here: that one may be old, and money follows from the answer (docs/adr/0043-eligibility-is-asked-afresh.md). Before the
 * transaction of the step, as nothing in one may await the network.
 */
@Injectable()
export class EligibilityService {
  constructor(private readonly rpc: RpcClient) {}

  async check(question: Question, call: Call): Promise<EligibilityCheck> {
    // Not the caller's idempotency key: it names the step, not the check before it.
    const { token, correlationId, deadlineAt, traceparent } = call;
    try {
      return await this.rpc.call(checkEligibility, question, { token, correlationId, deadlineAt, traceparent });
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** Nothing has been done here yet, whatever became of the question. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, kind, details = {} } = error;
  if (kind === 'unavailable' || kind === 'timeout') {
    const { retryAfterSeconds = RETRY_AFTER_SECONDS } = details;
    return new AppError('STAFFING_ELIGIBILITY_NOT_ASKED', { retryAfterSeconds }, { cause: error, reason: code });
  }
  if (code !== 'PARTNERSHIP_ELIGIBILITY_RULES_MISSING') return error;
  return new AppError('PARTNERSHIP_ELIGIBILITY_RULES_MISSING', details, { isPassedOn: true, cause: error });
}
