import { Injectable } from '@nestjs/common';
import type { PaymentAnswerState } from '#contracts/finance';
import type { Tx } from '#database';
import { Clock, newId } from '#platform';
import { BankAccountChangeService } from '../../payments/payees/bank-account-change.service';
import type { SentRun } from '../../payments/payment-runs/bank-answers.port';
import { PaymentRunSettlementService } from '../../payments/payment-runs/payment-run-settlement.service';
import { MatchService } from '../bank-entries/match.service';
import type { ParsedAnswer, ParsedStatusReport } from '../bank-entries/parsed-message';
import { lockItems, type PaymentItem, readItems } from '../bank-entries/payment-item.reader';
import type { AnswerCause } from './payment-answer.entity';

/** A report that has come in, and who imports it. */
export interface ArrivedReport {
  readonly bankMessageId: string;
  readonly messageId: string;
  readonly report: ParsedStatusReport;
  readonly by: string;
  readonly correlationId: string;
}

interface Judged extends ParsedAnswer {
  readonly item: PaymentItem | undefined;
  readonly state: PaymentAnswerState;
  readonly cause: AnswerCause | null;
}

/**
 * Takes in what the bank says of single payments. Everything is kept: what can have no effect yet waits until the run is recorded as
 * sent, and what it cannot have by itself (a payment that is booked or not known here, a name that does not match) waits for two
 * persons. Source: docs/domain.md#answers-of-the-bank.
 */
@Injectable()
export class PaymentAnswerService {
  constructor(
    private readonly matches: MatchService,
    private readonly runs: PaymentRunSettlementService,
    private readonly changes: BankAccountChangeService,
    private readonly clock: Clock,
  ) {}

  /** Answers how many payouts were rejected at once. */
  async take(tx: Tx, arrived: ArrivedReport): Promise<number> {
    const { originalMessageId, answers } = arrived.report;
    const endToEndIds = answers.flatMap(({ endToEndId }) => endToEndId ?? []);
    const references = { endToEndIds, runMessageIds: [originalMessageId] };
    // Payees before payouts: a change of an account locks in that order.
    const names = await this.judgeNames(tx, arrived, await readItems(tx, references));
    const judged = [...names, ...judgeRejects(arrived.report, await lockItems(tx, references))];
    await this.keep(tx, arrived, judged);
    const run = judged.find(({ item }) => item)?.item?.paymentRunId;
    if (run !== undefined) await this.countNames(tx, run);
    const rejects = judged.flatMap((it) =>
      it.item && isReject(it) && isRejectable(it.item) ? [{ ...it, item: it.item }] : [],
    );
    await this.reject(tx, rejects, arrived);
    return rejects.length;
  }

  /** What came before the run was recorded as sent takes effect now. */
  async applyWaiting(tx: Tx, { paymentRunId, endToEndIds, by, correlationId }: SentRun): Promise<void> {
    const waiting = await tx.query<{ id: string; bankMessageId: string; payoutId: string; reason: string | null }>(
      `UPDATE payment_answer SET state = 'APPLIED', version = version + 1 WHERE payment_run_id = $1 AND state = 'WAITING'
       RETURNING id, bank_message_id, payout_id, reason`,
      [paymentRunId],
    );
    if (waiting.length === 0) return;
    const items = new Map((await lockItems(tx, { endToEndIds })).map((item) => [item.payoutId, item]));
    for (const [bankMessageId, answers] of Map.groupBy(waiting, (answer) => answer.bankMessageId)) {
      const rejects = answers.flatMap(({ payoutId, reason }) => {
        const item = items.get(payoutId);
        items.delete(payoutId);
        return item && isRejectable(item) ? [{ item, reason }] : [];
      });
      await this.reject(tx, rejects, { bankMessageId, messageId: '', by, correlationId });
    }
  }

  /** Whether a run may go to the bank depends on the names that two persons have not confirmed. */
  async countNames(tx: Tx, paymentRunId: string): Promise<void> {
    const [count] = await tx.query<{ names: number }>(
      `SELECT count(*)::int AS names FROM payment_answer
       WHERE payment_run_id = $1 AND cause IN ('NAME_NO_MATCH', 'NAME_CLOSE') AND state <> 'SETTLED'`,
      [paymentRunId],
    );
    await this.runs.nameChecked(tx, paymentRunId, count?.names ?? 0);
  }

  private async reject(
    tx: Tx,
    rejects: readonly { item: PaymentItem; reason: string | null }[],
    { bankMessageId, messageId, by, correlationId }: Omit<ArrivedReport, 'report'>,
  ): Promise<void> {
    if (rejects.length === 0) return;
    await this.matches.reject(tx, rejects, { bankMessageId, messageId, by, reason: null, correlationId });
  }

  private async judgeNames(tx: Tx, { report, by }: ArrivedReport, items: readonly PaymentItem[]): Promise<Judged[]> {
    // One account, one verdict, whatever the transfer pays: of several payouts the first stands for it.
    const byEndToEndId = new Map(items.toReversed().map((item) => [item.endToEndId, item]));
    const judged: Judged[] = [];
    for (const answer of report.answers.filter((it) => !isReject(it))) {
      const item = byEndToEndId.get(answer.endToEndId ?? '');
      const cause = item ? await this.causeOfName(tx, answer, item, by) : causeUnknown(items);
      judged.push({ ...answer, item, cause, state: cause === null ? 'APPLIED' : 'OPEN' });
    }
    return judged;
  }

  /** A close match becomes a change of the account, with its freeze; no match waits for two persons. */
  private async causeOfName(
    tx: Tx,
    { status, nameAtBank }: ParsedAnswer,
    item: PaymentItem,
    by: string,
  ): Promise<AnswerCause | null> {
    if (status === 'RVNM') return 'NAME_NO_MATCH';
    if (status !== 'RVMC') return null;
    if (nameAtBank === null || item.payeeId === null) return 'NAME_CLOSE';
    const reason = `The bank knows the account under the name ${nameAtBank} (check of name against IBAN, RVMC).`;
    const isProposed = await this.changes.proposeHolder(tx, { payeeId: item.payeeId, holder: nameAtBank, by, reason });
    return isProposed ? null : 'NAME_CLOSE';
  }

  private async keep(
    tx: Tx,
    { bankMessageId, report: { originalMessageId } }: ArrivedReport,
    judged: readonly Judged[],
  ): Promise<void> {
    if (judged.length === 0) return;
    await tx.query(
      `INSERT INTO payment_answer (id, version, bank_message_id, original_message_id, payment_run_id, payout_id, end_to_end_id,
         status, reason, name_at_bank, state, cause, received_at, payee_id)
       SELECT a.id, 1, $1, $2, a.run_id, a.payout_id, a.end_to_end_id, a.status, a.reason, a.name, a.state, a.cause, $3,
         a.payee_id
       FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
         $13::uuid[]) AS a (id, run_id, payout_id, end_to_end_id, status, reason, name, state, cause, payee_id)`,
      [
        ...[bankMessageId, originalMessageId, this.clock.now(), judged.map(() => newId())],
        judged.map(({ item }) => item?.paymentRunId ?? null),
        judged.map(({ item }) => item?.payoutId ?? null),
        judged.map(({ endToEndId }) => endToEndId),
        judged.map(({ status }) => status),
        judged.map(({ reason }) => reason),
        judged.map(({ nameAtBank }) => nameAtBank),
        judged.map(({ state }) => state),
        judged.map(({ cause }) => cause),
        judged.map(({ item }) => item?.payeeId ?? null),
      ],
    );
  }
}

function isReject({ status }: Pick<ParsedAnswer, 'status'>): boolean {
  return status === 'RJCT' || status === 'CANC';
}

/** At the bank, and nothing of it was booked. */
function isRejectable({ isCurrent, status, seenMinor }: PaymentItem): boolean {
  return isCurrent && status === 'SENT' && seenMinor === 0n;
}

/** Each payout of a payment that is named, and those of the others where the whole file was refused. */
function judgeRejects({ answers, group }: ParsedStatusReport, items: readonly PaymentItem[]): Judged[] {
  const byEndToEndId = Map.groupBy(items, (item) => item.endToEndId);
  const named = new Map(answers.filter(isReject).map((answer) => [answer.endToEndId, answer]));
  const rest: ParsedAnswer[] = group
    ? [...byEndToEndId.keys()]
        .filter((endToEndId) => !named.has(endToEndId))
        .map((endToEndId) => ({ ...group, endToEndId, nameAtBank: null }))
    : [];
  const ofUnknown: ParsedAnswer[] =
    group && items.length === 0 ? [{ ...group, endToEndId: null, nameAtBank: null }] : [];
  return [...named.values(), ...rest, ...ofUnknown].flatMap((answer): Judged[] => {
    const parts = byEndToEndId.get(answer.endToEndId ?? '');
    if (!parts) return [{ ...answer, item: undefined, state: 'OPEN', cause: causeUnknown(items) }];
    return parts.map((item) => ({ ...answer, item, ...stateOfReject(item) }));
  });
}

function causeUnknown(items: readonly PaymentItem[]): AnswerCause {
  return items.length === 0 ? 'UNKNOWN_RUN' : 'UNKNOWN_PAYMENT';
}

function stateOfReject(item: PaymentItem): Pick<Judged, 'state' | 'cause'> {
  if (isRejectable(item)) return { state: 'APPLIED', cause: null };
  // What was given up here, or rejected before, is not to be paid: the bank says the same.
  if (item.runStatus === 'CANCELLED' || (item.isCurrent && item.status === 'REJECTED'))
    return { state: 'APPLIED', cause: null };
  if (!item.isCurrent) return { state: 'OPEN', cause: 'NOT_IN_RUN' };
  if (item.runStatus === 'CREATED') return { state: 'WAITING', cause: null };
  return { state: 'OPEN', cause: 'ALREADY_BOOKED' };
}
