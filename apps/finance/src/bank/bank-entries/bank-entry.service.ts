import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMinor } from '#contracts';
import { type BankEntryDetail, matchBankEntry } from '#contracts/finance';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Handle } from '#platform';
import { lockBank, lockEntry, type StoredEntry } from './bank-entry-store.service';
import { act } from './bank-entry.act';
import { BankEntryReader } from './bank-entry.reader';
import { MatchService } from './match.service';
import { type Allocation, kindOf } from './matcher';
import { lockItems, type PaymentItem } from './payment-item.reader';
import { sentenceOf } from './reasons';

type Request = RequestOf<typeof matchBankEntry>;

/** Lets a cashier decide on what no rule could decide. */
@Injectable()
export class BankEntryService {
  constructor(
    private readonly commands: Commands,
    private readonly matches: MatchService,
    private readonly reader: BankEntryReader,
  ) {}

  @Handle(matchBankEntry)
  @act.listed(matchBankEntry, { possible: (entry) => entry.assertWaits() })
  match(request: Request, call: Call): Promise<BankEntryDetail> {
    return this.commands.run(call, async (tx) => {
      await lockBank(tx);
      const entry = await lockEntry(tx, request.bankEntryId, call.expectedVersion);
      const allocations = await this.allocationsOf(tx, entry, { request, call });
      const total = allocations.reduce((sum, it) => sum + it.amountMinor, 0n);
      if (total > entry.openMinor || total === 0n) throw new AppError('FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED');
      const reasons = total === entry.openMinor ? [] : [{ code: 'PART_BY_PERSON' as const }];
      await this.matches.apply(tx, [{ entry, allocations, reasons }], {
        by: call.caller.subject,
        reason: request.reason ?? null,
        correlationId: call.correlationId,
      });
      return this.reader.read(entry.id, tx, call.language);
    });
  }

  private async allocationsOf(
    tx: Tx,
    entry: StoredEntry,
    { request, call }: { request: Request; call: Call },
  ): Promise<Allocation[]> {
    const { language } = call;
    const by = call.caller.subject;
    if (request.paymentRunId !== undefined) {
      const [run] = await tx.query<{ messageId: string }>('SELECT message_id FROM payment_run WHERE id = $1', [
        request.paymentRunId,
      ]);
      const items = await lockItems(tx, { runMessageIds: run ? [run.messageId] : [] });
      const open = items.filter((item) => item.status === 'SENT' && item.amountMinor > item.seenMinor);
      if (open.length === 0) throw new AppError('FINANCE_MATCH_NOT_POSSIBLE', { reason: 'the run has nothing open' });
      return open.map((item) =>
        allocate(entry, item, { amountMinor: item.amountMinor - item.seenMinor, by, language }),
      );
    }
    const wanted = request.allocations ?? [];
    const items = new Map(
      (await lockItems(tx, { payoutIds: wanted.map((it) => it.payoutId) })).map((item) => [item.payoutId, item]),
    );
    if (new Set(wanted.map((it) => it.payoutId)).size !== wanted.length) {
      throw new AppError('FINANCE_MATCH_NOT_POSSIBLE', { reason: 'a payout is named twice' });
    }
    return wanted.map(({ payoutId, amount }) => {
      const item = items.get(payoutId);
      if (!item) throw new AppError('FINANCE_MATCH_NOT_POSSIBLE', { payoutId, reason: 'is in no payment run' });
      if (amount.currency !== entry.currency) {
        throw new AppError('FINANCE_MATCH_NOT_POSSIBLE', { payoutId, reason: 'is in another currency' });
      }
      return allocate(entry, item, { amountMinor: toMinor(amount).amountMinor, by, language });
    });
  }
}

function allocate(
  entry: StoredEntry,
  item: PaymentItem,
  { amountMinor, by, language }: { amountMinor: bigint; by: string; language: Call['language'] },
): Allocation {
  if (item.actors.includes(by)) throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId: item.payoutId });
  const openMinor = entry.direction === 'DEBIT' ? item.amountMinor - item.seenMinor : item.amountMinor;
  if (item.status === 'SENT' && amountMinor > openMinor) throw new AppError('FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED');
  const returnReason = entry.transactions.find((it) => it.returnReason !== null)?.returnReason ?? null;
  // A person may decide that the bank has carried out what it had rejected, as long as nothing was decided on the money.
  const isInSpite = item.status === 'REJECTED' && !item.isReturnSettled && amountMinor === item.amountMinor;
  const kind = kindOf(entry, isInSpite && entry.direction === 'DEBIT' ? { ...item, status: 'SENT' } : item, {
    amountMinor,
    before: 0n,
    by,
    isOfReturn: true,
  });
  if (typeof kind === 'object') {
    throw new AppError('FINANCE_MATCH_NOT_POSSIBLE', {
      payoutId: item.payoutId,
      reason: sentenceOf([kind.fault], language ?? 'en'),
    });
  }
  return { item, amountMinor, kind, rule: 'PERSON', returnReason };
}
