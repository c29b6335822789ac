import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { addDays } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import { assignmentConfirmed, assignmentDeparted, assignmentFundingRequested } from '#contracts/staffing';
import {
  type CommitmentSummary,
  type CostInputs,
  confirmExchangeRateProposal,
  confirmFinanceRuleProposal,
  createFund,
  createPayee,
  type FundBalancesView,
  type FundView,
  getFundBalances,
  importSanctionsList,
  listCommitments,
  listPayouts,
  openBudgetYear,
  proposeFinanceRule,
  type PayeeView,
  type PayoutView,
  recordExchangeRate,
  releaseBudget,
  type SanctionsListView,
  checkPayoutFactually,
  checkPayoutArithmetically,
  orderPayout,
} from '#contracts/finance';
import { newId } from '#platform';
import { caller, eventually, FixedClock, startTestService, type TestService } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';
import { nextEdition, sanctionsListRequest } from './sanctions/sanctions-sample';

export const TODAY = '2027-02-10';

export const OFFICER = caller('programme-officer', { subject: 'olga' });
export const FINANCE = caller('finance-officer', { subject: 'fritz' });
export const ORDERER = caller('payment-orderer', { subject: 'anna' });
export const CASHIER = caller('cashier', { subject: 'karl' });
export const BUDGET = caller('budget-officer', { subject: 'berta' });
export const AUDITOR = caller('auditor', { subject: 'paula' });

/** 12 months at 1,000.00: two instalments of 6,000.00, the second after one accepted report. */
export const LOCAL_INPUTS: CostInputs = {
  instrument: 'LOCAL_EXPERT',
  salaryMonth: { amount: '1000.00', currency: 'EUR' },
  employerContributionPercent: '0',
};
/** 12 months at 2,800,000.00 TZS: by the rate of 2,800 two instalments of 6,600.00 EUR with the reserve of 10 %. */
export const PROMISED_INPUTS: CostInputs = {
  instrument: 'LOCAL_EXPERT',
  salaryMonth: { amount: '2800000.00', currency: 'TZS' },
  employerContributionPercent: '0',
};
export const PERIOD = { from: '2027-01-01', to: '2028-01-01' };

export const GERMAN_ACCOUNT = { iban: 'DE75512108001245126199', bic: 'SOGEDEFF' };

export type FundingData = z.output<typeof assignmentFundingRequested.data>;

/** The finance service running for real, with the things its tests do again and again. */
export class FinanceWorld {
  /** Of rates of one day the one whose source comes first is taken. */
  private ratesLeft = 9999;

  private constructor(
    readonly app: TestService,
    readonly clock: FixedClock,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<FinanceWorld> {
    const clock = new FixedClock(`${TODAY}T09:00:00Z`);
    const world = new FinanceWorld(
      await startTestService({ module: FinanceModule, dataSource: financeDataSource, clock, environment }),
      clock,
    );
    await world.importCurrentSanctions();
    return world;
  }

  /** Without a list nothing is paid. The sample has invented names in the format of the EU. */
  importSanctions(xml: string): Promise<SanctionsListView> {
    return this.app.rpc(importSanctionsList, sanctionsListRequest(xml), FINANCE);
  }

  /** The sample as of the world's day: by an old edition nobody is cleared. */
  importCurrentSanctions(): Promise<SanctionsListView> {
    return this.importSanctions(nextEdition(addDays(this.clock.today(), -27)));
  }

  /** A fund whose budget years are planned and released with these amounts. */
  async fund(budgets: Readonly<Record<number, string>>, account = GERMAN_ACCOUNT): Promise<FundView> {
    let fund = await this.app.rpc(
      createFund,
      { name: `Fund ${randomUUID()}`, debtorAccount: { holder: 'Fachkräftefonds', ...account } },
      BUDGET,
    );
    for (const [year, amount] of Object.entries(budgets)) {
      const money = { amount, currency: 'EUR' };
      fund = await this.app.rpc(openBudgetYear, { fundId: fund.id, year: Number(year), plan: money }, BUDGET, {
        expectedVersion: fund.version,
      });
      fund = await this.app.rpc(releaseBudget, { fundId: fund.id, year: Number(year), amount: money }, BUDGET, {
        expectedVersion: fund.version,
      });
    }
    return fund;
  }

  /** The rate of TZS of a day, today unless stated; what differs too much from the one before is confirmed by another person. */
  async rate(rate: string, rateOn = this.clock.today()): Promise<void> {
    const recorded = await this.app.rpc(
      recordExchangeRate,
      { currency: 'TZS', rateOn, rate, source: `Bank ${this.ratesLeft--}` },
      FINANCE,
    );
    if (!recorded.isWaiting) return;
    const decision = { proposalId: recorded.id, reason: 'Compared with the bulletin of the bank' };
    await this.app.rpc(confirmExchangeRateProposal, decision, BUDGET, { expectedVersion: 1 });
  }

  balances(fundId: string, asOf?: string): Promise<FundBalancesView> {
    return this.app.rpc(getFundBalances, { fundId, asOf }, AUDITOR);
  }

  fundingRequest(fundId: string, more: Partial<FundingData> = {}): FundingData {
    const costInputs = more.costInputs ?? LOCAL_INPUTS;
    return {
      assignmentId: randomUUID(),
      partnershipIds: [randomUUID()],
      fundId,
      expertId: randomUUID(),
      employerMunicipalityId: randomUUID(),
      instrument: costInputs.instrument,
      period: PERIOD,
      ...more,
      costInputs,
    };
  }

  requestFunding(data: FundingData, aggregateVersion = 2, id?: string): Promise<string> {
    return this.app.publish(
      assignmentFundingRequested.of({ aggregateId: data.assignmentId, aggregateVersion, data }),
      id === undefined ? {} : { id },
    );
  }

  confirm(data: FundingData, aggregateVersion = 3): Promise<string> {
    const { assignmentId, partnershipIds, instrument, expertId, employerMunicipalityId, period } = data;
    return this.app.publish(
      assignmentConfirmed.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, instrument, expertId, employerMunicipalityId, period },
      }),
    );
  }

  depart({ assignmentId, partnershipIds, period }: FundingData, aggregateVersion = 5): Promise<string> {
    return this.app.publish(
      assignmentDeparted.of({
        aggregateId: assignmentId,
        aggregateVersion,
        data: { assignmentId, partnershipIds, departedOn: period.from },
      }),
    );
  }

  /** An expert who is covered, confirmed and departed; its payouts are there. */
  async departed(fundId: string, more: Partial<FundingData> = {}): Promise<FundingData> {
    const data = this.fundingRequest(fundId, more);
    await this.requestFunding(data);
    await this.confirm(data);
    await this.depart(data);
    await eventually(async () => expect((await this.payouts(data.assignmentId)).length).toBeGreaterThan(0));
    return data;
  }

  /** Waits until the latest attempt for an assignment has the status. */
  commitment(assignmentId: string, status: CommitmentSummary['status']): Promise<CommitmentSummary> {
    return eventually(async () => {
      const commitment = (await this.commitments(assignmentId)).at(-1);
      expect(commitment?.status).toBe(status);
      return commitment as CommitmentSummary;
    });
  }

  async commitments(assignmentId: string): Promise<CommitmentSummary[]> {
    const { items } = await this.app.rpc(listCommitments, { assignmentId }, AUDITOR);
    return items.sort((a, b) => a.attempt - b.attempt);
  }

  async payouts(assignmentId: string): Promise<PayoutView[]> {
    return (await this.app.rpc(listPayouts, { assignmentId, limit: 200 }, AUDITOR)).items;
  }

  async municipalityPayee(municipalityId: string, name = 'Commune de Kongoussi'): Promise<PayeeView> {
    await this.app.publish(
      municipalityRecorded.of({
        aggregateId: municipalityId,
        aggregateVersion: 1,
        data: {
          municipalityId,
          name: 'Kongoussi',
          kind: 'MUNICIPALITY',
          country: 'BF',
          side: 'PARTNER',
          population: null,
        },
      }),
    );
    return eventually(() =>
      this.app.rpc(
        createPayee,
        {
          kind: 'MUNICIPALITY',
          municipalityId,
          name,
          address: { town: 'Kongoussi', country: 'BF' },
          bankAccount: { accountNumber: '0123456789', bic: 'BICBBFBX', holder: name },
        },
        FINANCE,
      ),
    );
  }

  expertPayee(expertId: string): Promise<PayeeView> {
    return this.app.rpc(
      createPayee,
      {
        kind: 'EXPERT',
        expertId,
        name: 'Jürgen Müller',
        address: { street: 'Neckargasse', buildingNumber: '1', postCode: '72070', town: 'Tübingen', country: 'DE' },
        bankAccount: { ...GERMAN_ACCOUNT, holder: 'Jürgen Müller' },
      },
      FINANCE,
    );
  }

  /** The five payouts of an integrated expert that are due by the second month, 11,800.00 together. */
  async duePayouts(period = PERIOD): Promise<PayoutView[]> {
    const fund = await this.fund({ 2027: '100000.00', 2028: '100000.00' });
    const costInputs = {
      instrument: 'INTEGRATED_EXPERT' as const,
      localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
      hasSpouse: false,
      children: 0,
    };
    const data = this.fundingRequest(fund.id, { period, costInputs });
    await this.expertPayee(data.expertId);
    await this.departed(fund.id, data);
    return (await this.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
  }

  async orderedPayouts(period = PERIOD): Promise<PayoutView[]> {
    return Promise.all((await this.duePayouts(period)).map((payout) => this.order(payout)));
  }

  /** A rule from today on: one person proposes its row, another confirms it. */
  async confirmRule(row: { ruleSet: string; key: string; value: string; unit: string }): Promise<void> {
    const from = { validFrom: this.clock.today(), source: 'Instruction of the fund' };
    const proposed = await this.app.rpc(proposeFinanceRule, { ...row, ...from }, FINANCE, { idempotencyKey: newId() });
    const decision = { proposalId: proposed.id, reason: 'As instructed' };
    const options = { expectedVersion: proposed.version, idempotencyKey: newId() };
    await this.app.rpc(confirmFinanceRuleProposal, decision, BUDGET, options);
  }

  /** Gives each a reference of its payee, as only expenses have one: it is then a transfer by itself, whatever commitment it is of. */
  async payApart(due: readonly Pick<PayoutView, 'id'>[]): Promise<void> {
    await this.app.asServiceRole(
      `UPDATE payout SET creditor_reference = 'RF18539007547034' WHERE id = ANY ($1::uuid[])`,
      [due.map(({ id }) => id)],
    );
  }

  /** Takes a due payout through both checks and the order. */
  async order(due: PayoutView): Promise<PayoutView> {
    const both = await this.check(due);
    return this.app.rpc(orderPayout, { payoutId: due.id }, ORDERER, { expectedVersion: both.version });
  }

  async check(due: PayoutView): Promise<PayoutView> {
    const factual = await this.app.rpc(checkPayoutFactually, { payoutId: due.id }, OFFICER, {
      expectedVersion: due.version,
    });
    return this.app.rpc(checkPayoutArithmetically, { payoutId: due.id }, FINANCE, {
      expectedVersion: factual.version,
    });
  }
}
