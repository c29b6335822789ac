import {
  type ClaimView,
  decideClaim,
  deferClaim,
  demandClaimInterest,
  listClaimActions,
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
import { dayText, moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act, type Act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { today } from '../../ui/calendar';
import { useOpenCredits } from '../../ui/open-credits';
import { InstalmentsField } from './instalments-field';
import { claimTexts } from './texts';

/** The way of a claim from the hearing to the money, and how it ends otherwise. */
export function ClaimActs({ claim }: { readonly claim: ClaimView }) {
  const { acts: t, statuses, list } = useTexts(claimTexts);
  const language = useLanguage();
  const { id, version, status, open, amount } = claim;
  const { currency } = amount;
  const fixed = { claimId: id };
  const reason = { label: t.reason, rows: 3 };
  const closing = { reason, consentReference: { label: t.consent } };
  const isNext = true;
  return (
    <Acts
      of={listClaimActions}
      id={fixed}
      version={version}
      seen={{ [list.columns.status]: statuses[status], [list.columns.open]: moneyText(open, language) }}
      acts={[
        act({ operation: openClaimHearing, isNext, ...t.hearing, fixed, fields: { until: { label: t.until } } }),
        act({
          operation: decideClaim,
          isNext,
          ...t.decide,
          fixed,
          fields: { decidedOn: { label: t.decidedOn, initial: today() }, reference: { label: t.reference } },
        }),
        act({
          operation: recordClaimStatement,
          ...t.statement,
          fixed,
          fields: { statement: { label: t.statementText, rows: 6 } },
        }),
        act({ operation: makeClaimDue, isNext, ...t.makeDue, fixed, fields: { dueOn: { label: t.dueOn } } }),
        act({
          operation: objectToClaim,
          ...t.object,
          fixed,
          fields: {
            objectedOn: { label: t.objectedOn, initial: today() },
            text: { label: t.objectionText, rows: 6 },
          },
        }),
        ...useMoneyActs(claim),
        act({
          operation: deferClaim,
          ...t.defer,
          fixed,
          fields: {
            instalments: {
              label: t.instalments,
              initial: [{ dueOn: '', amount: { amount: '', currency } }],
              render: () => <InstalmentsField key="instalments" currency={currency} />,
            },
            reason,
            consentReference: { label: t.consent },
          },
        }),
        act({
          operation: waiveClaim,
          ...t.waive,
          fixed,
          fields: { amount: { label: t.amount, hint: t.waiveHint, currency }, ...closing },
        }),
        act({ operation: writeOffClaim, ...t.writeOff, fixed, fields: closing }),
      ]}
    />
  );
}

/** What came in, and where it goes. */
function useMoneyActs({ id, fundId, amount: { currency }, payments }: ClaimView): Act[] {
  const credits = useOpenCredits(fundId);
  const { acts: t, page } = useTexts(claimTexts);
  const language = useLanguage();
  const fixed = { claimId: id };
  const reason = { label: t.reason, rows: 3 };
  const undecided = payments
    .filter(({ outcome }) => outcome === null)
    .map((payment) => ({
      value: String(payment.number),
      label: `${payment.number}: ${moneyText(payment.amount, language)}, ${dayText(payment.paidOn, language)}`,
    }));
  const paymentNumber = { label: t.payment, choices: undecided, sent: (value: unknown) => Number(value) };
  return [
    act({
      operation: recordClaimPayment,
      isNext: true,
      ...t.pay,
      fixed,
      fields: {
        amount: { label: t.amount, currency },
        paidOn: { label: t.paidOn, initial: today() },
        reference: { label: page.reference },
        bankEntryId: { label: t.credit, hint: t.creditHint, choices: credits },
        budgetYear: { label: t.budgetYear, hint: t.budgetYearHint },
        settles: {
          label: t.settles,
          initial: 'PRINCIPAL',
          choices: (['PRINCIPAL', 'INTEREST'] as const).map((value) => ({ value, label: page.parts[value] })),
        },
      },
    }),
    act({
      operation: settleClaimPayment,
      isNext: undecided.length > 0,
      ...t.settle,
      fixed,
      fields: {
        paymentNumber,
        as: {
          label: t.as,
          choices: (['GIVEN_BACK', 'REMITTED'] as const).map((value) => ({ value, label: page.outcomes[value] })),
        },
        reason,
      },
    }),
    act({
      operation: demandClaimInterest,
      ...t.demandInterest,
      fixed,
      fields: { until: { label: t.interestUntil, initial: today() }, dueOn: { label: t.dueOn } },
    }),
    act({ operation: reverseClaimPayment, ...t.reverse, fixed, fields: { paymentNumber, reason } }),
  ];
}
