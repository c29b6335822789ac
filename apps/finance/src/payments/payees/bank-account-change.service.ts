import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type Page, type RequestOf } from '#contracts';
import {
  type BankAccountChangeView,
  confirmBankAccountChange,
  getBankAccountChange,
  listAllBankAccountChanges,
  listBankAccountChanges,
  proposeBankAccountChange,
  rejectBankAccountChange,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { isPayableName } from '../../budget/funds/sepa-text';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import { PayoutHoldService } from '../payouts/payout-hold.service';
import { AccountHandoverService } from './account-handover.service';
import { act } from './bank-account-change.act';
import { BankAccountChange } from './bank-account-change.entity';
import { bankAccountChangeView } from './bank-account-change.messages';
import { type Account, checkedAccount } from './payee-request';
import { Payee } from './payee.entity';
import { SepaArea } from './sepa-area.reader';

type Listed = Pick<RequestOf<typeof listAllBankAccountChanges>, 'limit' | 'cursor' | 'status'> & { payeeId?: string };

const HOUR_MS = 3_600_000;
/** Of the holder of an account, in the bank's file. */
const HOLDER_MAX = 70;

/** Changes of bank accounts by two persons; the payouts of the payee are frozen from the proposal to the end. */
@Injectable()
export class BankAccountChangeService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly holds: PayoutHoldService,
    private readonly handover: AccountHandoverService,
    private readonly clock: Clock,
  ) {}

  @Handle(proposeBankAccountChange)
  propose(request: RequestOf<typeof proposeBankAccountChange>, call: Call): Promise<BankAccountChangeView> {
    if (!isPayableName(request.bankAccount.holder)) {
      throw fieldError('FINANCE_PAYEE_TEXT_NOT_PAYABLE', '#/bankAccount/holder', 'needs Latin letters');
    }
    const by = call.caller.subject;
    return this.commands.run(call, async (tx) => {
      const account = checkedAccount(request.bankAccount, this.clock.today(), await SepaArea.read(tx));
      const payee = await this.handover.lockPayee(tx, request.payeeId);
      if (await hasOpenChange(tx, payee.id))
        throw new AppError('FINANCE_BANK_ACCOUNT_CHANGE_PENDING', { payeeId: payee.id });
      if (isSame(account, payee)) throw new AppError('FINANCE_BANK_ACCOUNT_UNCHANGED', { payeeId: payee.id });
      return bankAccountChangeView(await this.freeze(tx, payee, { account, by, reason: request.reason }));
    });
  }

  /**
   * The bank knows the account under a similar name: proposed as another holder of the same account, with its freeze. Answers
   * whether it was: not while another change is open, nor with a name that no file could carry.
   */
  async proposeHolder(
    tx: Tx,
    { payeeId, holder, by, reason }: { payeeId: string; holder: string; by: string; reason: string },
  ): Promise<boolean> {
    const payee = await this.handover.lockPayee(tx, payeeId);
    const account = { ...accountOf(payee), accountHolder: holder };
    if (!isPayableName(holder) || holder.length > HOLDER_MAX || isSame(account, payee)) return false;
    if (await hasOpenChange(tx, payee.id)) return false;
    await this.freeze(tx, payee, { account, by, reason });
    return true;
  }

  @act(confirmBankAccountChange, {
    first: (self: BankAccountChangeService, { payeeId }, { tx }) => self.handover.lockPayee(tx, payeeId),
    possible: (change, { caller }) => change.assertCanBecome('CONFIRMED', caller.subject),
  })
  async confirm(
    change: BankAccountChange,
    { callBackNote }: RequestOf<typeof confirmBankAccountChange>,
    { tx, call }: Act<undefined, Payee>,
  ): Promise<void> {
    const { subject } = call.caller;
    change.confirm(subject, this.clock.now(), callBackNote);
    if (!change.isDue(this.clock.now())) return;
    await this.handover.apply(tx, change, { by: subject, correlationId: call.correlationId });
  }

  @act(rejectBankAccountChange, {
    first: (self: BankAccountChangeService, { payeeId }, { tx }) => self.handover.lockPayee(tx, payeeId),
    possible: (change, { caller }) => change.assertCanBecome('REJECTED', caller.subject),
  })
  async reject(
    change: BankAccountChange,
    { reason }: RequestOf<typeof rejectBankAccountChange>,
    { tx, call }: Act<undefined, Payee>,
  ): Promise<void> {
    const by = call.caller.subject;
    change.reject(by, this.clock.now(), reason);
    await this.holds.liftPayee(tx, change.payeeId, ['BANK_DETAILS_CHANGED'], { by, note: reason });
  }

  view(change: BankAccountChange): BankAccountChangeView {
    return bankAccountChangeView(change);
  }

  @Handle(getBankAccountChange)
  async get({ payeeId, changeId }: RequestOf<typeof getBankAccountChange>): Promise<BankAccountChangeView> {
    const change = await this.database.findOrFail(BankAccountChange, changeId);
    if (change.payeeId !== payeeId) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return bankAccountChangeView(change);
  }

  @Handle(listBankAccountChanges)
  async list(request: RequestOf<typeof listBankAccountChanges>): Promise<Page<BankAccountChangeView>> {
    const { payeeId, limit, cursor } = request;
    await this.database.findOrFail(Payee, payeeId);
    return this.page(new Filters().add('c.payee_id = ?', payeeId), { limit, cursor, payeeId });
  }

  @Handle(listAllBankAccountChanges)
  listAll({
    limit,
    cursor,
    status,
  }: RequestOf<typeof listAllBankAccountChanges>): Promise<Page<BankAccountChangeView>> {
    return this.page(new Filters().add('c.status = ANY (?)', status), { limit, cursor, status });
  }

  private page(filters: Filters, { limit, cursor, ...filter }: Listed): Promise<Page<BankAccountChangeView>> {
    return this.database.page<Columns<BankAccountChange>, BankAccountChangeView>({
      select: `SELECT ${entityColumns(this.database, BankAccountChange, 'c')} FROM bank_account_change c`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'proposedAt', column: 'c.proposed_at', type: 'timestamptz', descending: true }],
      idColumn: 'c.id',
      limit,
      cursor,
      filterHash: { list: 'bank-account-changes', ...filter },
      items: (rows) => rows.map(bankAccountChangeView),
    });
  }

  private async freeze(
    tx: Tx,
    payee: Payee,
    proposed: { account: Account; by: string; reason: string },
  ): Promise<BankAccountChange> {
    const change = await this.proposal(tx, payee, proposed);
    await tx.insert(change);
    await this.holds.holdPayee(tx, payee.id, 'BANK_DETAILS_CHANGED', {
      by: proposed.by,
      note: `bank account change ${change.id}`,
    });
    return change;
  }

  private async proposal(
    tx: Tx,
    payee: Payee,
    { account, by, reason }: { account: Account; by: string; reason: string },
  ): Promise<BankAccountChange> {
    const now = this.clock.now();
    const hours = (await paymentRulesOn(tx, this.clock.today())).value('bank-account-quarantine');
    return Object.assign(new BankAccountChange(), {
      id: newId(),
      payeeId: payee.id,
      status: 'PROPOSED' as const,
      iban: account.iban,
      accountNumber: account.accountNumber,
      bic: account.bic,
      accountHolder: account.accountHolder,
      accountCurrency: account.accountCurrency,
      previous: accountOf(payee),
      reason,
      proposedBy: by,
      proposedAt: now,
      quarantineEndsAt: new Date(now.getTime() + hours * HOUR_MS),
      confirmedBy: null,
      confirmedAt: null,
      callBackNote: null,
      rejectedBy: null,
      rejectedAt: null,
      rejectionNote: null,
      effectiveAt: null,
    });
  }
}

async function hasOpenChange(tx: Tx, payeeId: string): Promise<boolean> {
  const open = await tx.query(
    `SELECT FROM bank_account_change WHERE payee_id = $1 AND status IN ('PROPOSED', 'CONFIRMED')`,
    [payeeId],
  );
  return open.length > 0;
}

function accountOf({ iban, accountNumber, bic, accountHolder, accountCurrency }: Account): Account {
  return { iban, accountNumber, bic, accountHolder, accountCurrency };
}

function isSame(account: Account, payee: Account): boolean {
  return JSON.stringify(accountOf(account)) === JSON.stringify(accountOf(payee));
}
