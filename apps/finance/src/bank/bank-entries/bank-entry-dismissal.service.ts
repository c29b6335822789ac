import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type Page, type RequestOf } from '#contracts';
import {
  type BankEntryDismissalView,
  confirmBankEntryDismissal,
  getBankEntryDismissal,
  listBankEntryDismissals,
  proposeBankEntryDismissal,
  rejectBankEntryDismissal,
  revokeBankEntryDismissal,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Ledger, type LedgerEntry, move } from '../../budget/ledger/ledger.service';
import { act as entryAct } from './bank-entry.act';
import { act } from './bank-entry-dismissal.act';
import { BankEntryDismissal } from './bank-entry-dismissal.entity';
import { bankEntryDismissalView } from './bank-entry-dismissal.messages';
import { lockBank, lockEntry, lockOpenEntries, type StoredEntry } from './bank-entry-store.service';

/** Dismisses bank entries that belong to no payout, and books the bank charges that a fund bears. */
@Injectable()
export class BankEntryDismissalService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @Handle(proposeBankEntryDismissal)
  @entryAct.listed(proposeBankEntryDismissal, { possible: (entry) => entry.assertWaits() })
  propose(request: RequestOf<typeof proposeBankEntryDismissal>, call: Call): Promise<BankEntryDismissalView> {
    return this.commands.run(call, async (tx) => {
      await lockBank(tx);
      const entry = await lockEntry(tx, request.bankEntryId, call.expectedVersion);
      const open = await tx.query(
        `SELECT FROM bank_entry_dismissal WHERE bank_entry_id = $1 AND status IN ('PROPOSED', 'CONFIRMED')`,
        [entry.id],
      );
      if (open.length > 0) throw new AppError('FINANCE_BANK_ENTRY_DISMISSAL_PENDING', { bankEntryId: entry.id });
      if (request.fundId !== undefined) await assertFundOf(tx, entry, request.fundId);
      if (request.category === 'RETURN_OF_CLOSED_YEAR' && entry.direction !== 'CREDIT') {
        throw fieldError('FINANCE_BANK_ENTRY_NO_CREDIT', '#/category', 'is only for a credit');
      }
      const dismissal = this.proposal(request, entry, call.caller.subject);
      await tx.insert(dismissal);
      return bankEntryDismissalView(dismissal);
    });
  }

  @act(confirmBankEntryDismissal, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possible: (dismissal, { caller }) => dismissal.assertCanConfirm(caller.subject),
  })
  async confirm(
    dismissal: BankEntryDismissal,
    { reason }: RequestOf<typeof confirmBankEntryDismissal>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const [entry] = await lockOpenEntries(tx, { ids: [dismissal.bankEntryId] });
    if (entry?.openMinor !== dismissal.amountMinor) {
      throw new AppError('FINANCE_BANK_ENTRY_SETTLED', { bankEntryId: dismissal.bankEntryId });
    }
    dismissal.confirm({ by: call.caller.subject, at: this.clock.now(), reason });
    await tx.query(`UPDATE bank_entry SET version = version + 1, status = 'DISMISSED' WHERE id = $1`, [entry.id]);
    await this.postBorne(tx, dismissal, { as: 'BOOKED', correlationId: call.correlationId });
  }

  @act(rejectBankEntryDismissal, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possible: (dismissal) => dismissal.assertCanBecome('REJECTED'),
  })
  reject(
    dismissal: BankEntryDismissal,
    { reason }: RequestOf<typeof rejectBankEntryDismissal>,
    { call }: Act<undefined, void>,
  ): void {
    dismissal.reject({ by: call.caller.subject, at: this.clock.now(), reason });
  }

  @act(revokeBankEntryDismissal, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possible: (dismissal) => dismissal.assertCanBecome('REVOKED'),
  })
  async revoke(
    dismissal: BankEntryDismissal,
    { reason }: RequestOf<typeof revokeBankEntryDismissal>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    dismissal.revoke({ by: call.caller.subject, at: this.clock.now(), reason });
    await tx.query(
      `UPDATE bank_entry SET version = version + 1,
         status = CASE WHEN matched_minor = 0 THEN 'UNMATCHED' ELSE 'PARTLY_MATCHED' END WHERE id = $1`,
      [dismissal.bankEntryId],
    );
    await this.postBorne(tx, dismissal, { as: 'REVERSED', correlationId: call.correlationId });
  }

  view(dismissal: BankEntryDismissal): BankEntryDismissalView {
    return bankEntryDismissalView(dismissal);
  }

  @Handle(getBankEntryDismissal)
  async get({ dismissalId }: RequestOf<typeof getBankEntryDismissal>): Promise<BankEntryDismissalView> {
    return bankEntryDismissalView(await this.database.findOrFail(BankEntryDismissal, dismissalId));
  }

  @Handle(listBankEntryDismissals)
  async list({
    limit,
    cursor,
    ...filter
  }: RequestOf<typeof listBankEntryDismissals>): Promise<Page<BankEntryDismissalView>> {
    const filters = new Filters()
      .add('d.status = ANY (?)', filter.status)
      .add('d.bank_entry_id = ?', filter.bankEntryId)
      .add('d.fund_id = ?', filter.fundId);
    return this.database.page<Columns<BankEntryDismissal>, BankEntryDismissalView>({
      select: `SELECT ${entityColumns(this.database, BankEntryDismissal, 'd')} FROM bank_entry_dismissal d`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'proposedAt', column: 'd.proposed_at', type: 'timestamptz', descending: true }],
      idColumn: 'd.id',
      limit,
      cursor,
      filterHash: { list: 'bank-entry-dismissals', ...filter },
      items: (rows) => rows.map(bankEntryDismissalView),
    });
  }

  /** What left the account without an order before: available -> paid. A refund goes the other way. */
  private async postBorne(
    tx: Tx,
    dismissal: BankEntryDismissal,
    { as, correlationId }: Pick<LedgerEntry, 'correlationId'> & { as: 'BOOKED' | 'REVERSED' },
  ): Promise<void> {
    const { id, fundId, budgetYear, amountMinor, bankEntryId, category } = dismissal;
    if (fundId === null || budgetYear === null) return;
    const isReversal = as === 'REVERSED';
    const kinds = category === 'PAID_WITHOUT_ORDER' ? UNORDERED_PAYMENT : BANK_CHARGE;
    const [entry] = await tx.query<{ isDebit: boolean; bookedOn: string }>(
      `SELECT e.direction = 'DEBIT' AS is_debit, e.booked_on FROM bank_entry e WHERE e.id = $1`,
      [bankEntryId],
    );
    const bookingId = isReversal ? await this.ledger.entryOf(tx, kinds.BOOKED, id) : undefined;
    if (!entry) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const isSpent = entry.isDebit !== isReversal;
    await this.ledger.post(tx, {
      fundId,
      kind: kinds[as],
      reference: id,
      effectiveOn: isReversal ? this.clock.today() : entry.bookedOn,
      correlationId,
      lines: move(
        budgetYear,
        amountMinor,
        isSpent ? { from: 'available', to: 'paid' } : { from: 'paid', to: 'available' },
      ),
      ...(isReversal &&
        bookingId !== undefined && {
          reverses: { entryId: bookingId, reason: dismissal.revocationReason ?? '' },
        }),
    });
  }

  private proposal(
    request: RequestOf<typeof proposeBankEntryDismissal>,
    entry: StoredEntry,
    by: string,
  ): BankEntryDismissal {
    const { category, fundId, reason } = request;
    return Object.assign(new BankEntryDismissal(), {
      id: newId(),
      bankEntryId: entry.id,
      status: 'PROPOSED' as const,
      category,
      amountMinor: entry.openMinor,
      currency: entry.currency,
      fundId: fundId ?? null,
      budgetYear: fundId === undefined ? null : (request.budgetYear ?? Number(entry.bookedOn.slice(0, 4))),
      reason,
      proposedBy: by,
      proposedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      revokedBy: null,
      revokedAt: null,
      revocationReason: null,
    });
  }
}

const BANK_CHARGE = { BOOKED: 'BANK_CHARGE_BOOKED', REVERSED: 'BANK_CHARGE_REVERSED' } as const;
const UNORDERED_PAYMENT = { BOOKED: 'UNORDERED_PAYMENT_BOOKED', REVERSED: 'UNORDERED_PAYMENT_REVERSED' } as const;

async function assertFundOf(tx: Tx, entry: StoredEntry, fundId: string): Promise<void> {
  const [fund] = await tx.query('SELECT FROM fund WHERE id = $1 AND account_iban = $2 AND currency = $3', [
    fundId,
    entry.accountIban,
    entry.currency,
  ]);
  if (!fund) throw fieldError('FINANCE_BANK_ENTRY_FUND_MISMATCH', '#/fundId', 'does not use the account of the entry');
}
