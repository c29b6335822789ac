import {
  type ClaimView,
  createClaim,
  decideClaim,
  deferClaim,
  demandClaimInterest,
  makeClaimDue,
  objectToClaim,
  openClaimHearing,
  recordClaimPayment,
  recordClaimStatement,
  reverseClaimPayment,
  settleClaimPayment,
  waiveClaim,
  writeOffClaim,
} from '#contracts/finance';
import { caller } from '#testing';
import { BUDGET, CASHIER, FINANCE, type FinanceWorld, TODAY } from './finance-world';

/** Decides on what `FINANCE` drafted. */
export const DECIDER = caller('finance-officer', { subject: 'dora' });

export const consent = { reason: 'The municipality was flooded.', consentReference: 'BMF 2027/17' };

const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const on = ({ id, version }: ClaimView) => [{ claimId: id }, { expectedVersion: version }] as const;

/** The acts on claims, with what a test is not about filled in. */
export class Claims {
  constructor(private readonly world: () => FinanceWorld) {}

  /** Above the threshold for minor claims, unless stated; drafted by fritz. */
  readonly draft = async (more: object = {}): Promise<ClaimView> => {
    const fund = await this.world().fund({ 2027: '100000.00' });
    const request = {
      fundId: fund.id,
      debtorName: 'Commune de Kongoussi',
      ruleSet: 'BENGO' as const,
      ground: 'IMPROPER_USE' as const,
      reason: 'The pump was sold.',
      amount: eur('10000.00'),
      interestFrom: '2025-07-01',
      ...more,
    };
    return this.world().app.rpc(createClaim, request, FINANCE);
  };

  readonly hear = (claim: ClaimView, until = '2027-03-01') => {
    const [request, options] = on(claim);
    return this.world().app.rpc(openClaimHearing, { ...request, until }, FINANCE, options);
  };
  readonly state = (claim: ClaimView) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(
      recordClaimStatement,
      { ...request, statement: 'We need it no more.' },
      FINANCE,
      options,
    );
  };
  readonly decide = (claim: ClaimView, more: object = {}, as = DECIDER) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(
      decideClaim,
      { ...request, decidedOn: TODAY, reference: 'Bescheid 4', ...more },
      as,
      options,
    );
  };
  readonly object = (claim: ClaimView, objectedOn = TODAY) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(objectToClaim, { ...request, objectedOn, text: 'Widerspruch' }, FINANCE, options);
  };
  readonly makeDue = (claim: ClaimView, dueOn = '2027-03-10') => {
    const [request, options] = on(claim);
    return this.world().app.rpc(makeClaimDue, { ...request, dueOn }, FINANCE, options);
  };
  readonly pay = (claim: ClaimView, amount: string, more: object = {}) => {
    const [request, options] = on(claim);
    const payment = { amount: eur(amount), paidOn: TODAY, reference: 'Eingang 12', ...more };
    return this.world().app.rpc(recordClaimPayment, { ...request, ...payment }, CASHIER, options);
  };
  readonly settle = (claim: ClaimView, paymentNumber: number, as: 'GIVEN_BACK' | 'REMITTED', who = BUDGET) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(settleClaimPayment, { ...request, paymentNumber, as, reason: 'Vermerk' }, who, options);
  };
  readonly reverse = (claim: ClaimView, paymentNumber: number) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(
      reverseClaimPayment,
      { ...request, paymentNumber, reason: 'Returned debit' },
      FINANCE,
      options,
    );
  };
  readonly defer = (claim: ClaimView, amounts: readonly string[], more: object = consent) => {
    const [request, options] = on(claim);
    const instalments = amounts.map((amount, index) => ({ dueOn: `2027-0${index + 4}-01`, amount: eur(amount) }));
    return this.world().app.rpc(deferClaim, { ...request, instalments, reason: 'Hardship', ...more }, FINANCE, options);
  };
  readonly waive = (claim: ClaimView, more: object = consent, as = DECIDER) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(waiveClaim, { ...request, reason: 'Hopeless', ...more }, as, options);
  };
  readonly writeOff = (claim: ClaimView, more: object = consent, as = DECIDER) => {
    const [request, options] = on(claim);
    return this.world().app.rpc(writeOffClaim, { ...request, reason: 'Hopeless', ...more }, as, options);
  };
  readonly demand = (claim: ClaimView, until: string, dueOn = '2027-03-31') => {
    const [request, options] = on(claim);
    return this.world().app.rpc(demandClaimInterest, { ...request, until, dueOn }, FINANCE, options);
  };
  readonly decided = async (more: object = {}) =>
    this.decide(await this.state(await this.hear(await this.draft(more))));
  readonly due = async (more: object = {}) => this.makeDue(await this.decided(more));
}
