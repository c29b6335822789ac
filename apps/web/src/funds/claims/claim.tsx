import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { type ClaimView, getClaim, getClaimLetter } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Facts } from '../../ui/facts';
import { Icon } from '../../ui/icon';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Stepper } from '../../ui/stepper';
import { Table } from '../../ui/table';
import { Day, Money } from '../../ui/values';
import { useFundNames } from '../fund-names';
import { fundsTexts } from '../texts';
import { ClaimActs } from './claim-acts';
import { ClaimInterest } from './claim-interest';
import { CLAIM_STEPS, CLAIM_TONES } from './steps';
import { claimTexts } from './texts';

export function ClaimPage() {
  const { claimId = '' } = useParams();
  const query = useQuery(read(getClaim, { claimId }));
  return <Loaded query={query}>{(claim) => <Detail claim={claim} />}</Loaded>;
}

function Detail({ claim }: { readonly claim: ClaimView }) {
  const { page: t, list, statuses, steps } = useTexts(claimTexts);
  const { status, debtorName, isMinor } = claim;
  return (
    <Page
      title={t.title(debtorName)}
      caseNumber={claim.caseNumber}
      crumbs={[{ label: list.title, to: '/funds/claims' }]}
      tag={<StatusTag tone={CLAIM_TONES[status]}>{statuses[status]}</StatusTag>}
      lead={isMinor ? t.minor : undefined}
      acts={<ClaimActs claim={claim} />}
    >
      <Stepper label={steps.label} steps={steps.names} now={CLAIM_STEPS[status]} words={steps.words} />
      <KeyFacts claim={claim} />
      <Letter claim={claim} />
      <Instalments claim={claim} />
      <Payments claim={claim} />
      <Demands claim={claim} />
      <ClaimInterest claimId={claim.id} />
    </Page>
  );
}

function KeyFacts({ claim }: { readonly claim: ClaimView }) {
  const { page: t, form, list, grounds } = useTexts(claimTexts);
  const { fund, ruleSet: ruleSetTitle, ruleSets } = useTexts(fundsTexts);
  const language = useLanguage();
  const fundName = useFundNames();
  const { waived, interest, nextDueOn, isOverdue } = claim;
  const { amount, paid, open, ground, reason, ruleSet, fundId, interestFrom, draftedBy, proofOfUseId } = claim;
  const { hearingUntil, statement, decision, objection, dueOn, closing } = claim;
  const written = (text: string) => <span className="written">{text}</span>;
  return (
    <>
      <Facts
        facts={[
          { label: list.columns.amount, value: <Money value={amount} /> },
          { label: t.paid, value: <Money value={paid} /> },
          ...(isSome(waived) ? [{ label: t.waived, value: <Money value={waived} /> }] : []),
          { label: t.open, value: <Money value={open} /> },
          ...(isSome(interest.demanded)
            ? [
                { label: t.interestDemanded, value: <Money value={interest.demanded} /> },
                { label: t.interestOpen, value: <Money value={interest.open} /> },
              ]
            : []),
          ...(nextDueOn ? [{ label: isOverdue ? t.overdueSince : t.nextDue, value: <Day value={nextDueOn} /> }] : []),
          {
            label: t.paymentReference,
            value: <span className="written">{groupedReference(claim.paymentReference)}</span>,
          },
          { label: list.columns.ground, value: grounds[ground] },
          { label: form.reason, value: written(reason) },
          { label: fund, value: fundName(fundId) },
          { label: ruleSetTitle, value: ruleSets[ruleSet] },
          { label: form.interestFrom, value: <Day value={interestFrom} /> },
          { label: t.draftedBy, value: draftedBy },
          ...(hearingUntil ? [{ label: t.hearingUntil, value: <Day value={hearingUntil} /> }] : []),
          ...(statement ? [{ label: t.statement, value: written(statement) }] : []),
          ...(decision
            ? [
                {
                  label: t.decided,
                  value: t.decidedText(decision.by, dayText(decision.decidedOn, language), decision.reference),
                },
              ]
            : []),
          ...(objection ? [{ label: t.objected, value: written(objection.text) }] : []),
          ...(dueOn ? [{ label: list.columns.due, value: <Day value={dueOn} /> }] : []),
          ...(closing ? [{ label: t.closing, value: written(closing.reason) }] : []),
          ...(closing?.consentReference ? [{ label: t.consent, value: closing.consentReference }] : []),
        ]}
      />
      {proofOfUseId && (
        <Link className="kern-link" to={`/funds/proofs/${proofOfUseId}`}>
          {t.toProof}
        </Link>
      )}
    </>
  );
}

/** For the post, as soon as the debtor has something to pay. */
function Letter({ claim: { id, status, caseNumber, interest } }: { readonly claim: ClaimView }) {
  const { page: t } = useTexts(claimTexts);
  const { roles } = useSession();
  const isDemanded = status === 'DUE' || status === 'DEFERRED' || (status === 'PAID' && isSome(interest.open));
  if (!isDemanded || !mayCall(getClaimLetter, roles)) return null;
  return (
    <p className="kern-body">
      <a className="kern-btn kern-btn--secondary" href={`/v1/claims/${id}/letter`} download={`${caseNumber}.pdf`}>
        <Icon name="download" />
        <span className="kern-label">{t.letter}</span>
      </a>
    </p>
  );
}

/** As it is printed: in groups of four. */
function groupedReference(reference: string): string {
  return reference.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function isSome({ amount }: ClaimView['open']): boolean {
  return !/^0(\.0+)?$/.test(amount);
}

function Instalments({ claim: { instalments } }: { readonly claim: ClaimView }) {
  const { page: t, list } = useTexts(claimTexts);
  const { amount: amountTitle } = useTexts(fundsTexts);
  if (instalments.length === 0) return null;
  return (
    <Section title={t.instalments}>
      <Table
        caption={t.instalments}
        rows={instalments}
        keyOf={({ dueOn }) => dueOn}
        columns={[
          { title: list.columns.due, isHeading: true, cell: ({ dueOn }) => <Day value={dueOn} /> },
          { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}

function Payments({ claim: { payments } }: { readonly claim: ClaimView }) {
  const { page: t } = useTexts(claimTexts);
  const { amount: amountTitle } = useTexts(fundsTexts);
  return (
    <Section title={t.payments}>
      {payments.length === 0 ? (
        <p className="kern-body">{t.noPayments}</p>
      ) : (
        <Table
          caption={t.payments}
          rows={payments}
          keyOf={({ number }) => String(number)}
          columns={[
            { title: t.number, isHeading: true, cell: ({ number }) => number },
            { title: t.on, cell: ({ paidOn }) => <Day value={paidOn} /> },
            { title: t.reference, cell: ({ reference }) => reference },
            {
              title: t.credit,
              cell: ({ bankEntryId }) =>
                bankEntryId ? (
                  <Link className="kern-link" to={`/bank/entries/${bankEntryId}`}>
                    {t.toCredit}
                  </Link>
                ) : (
                  t.notSeen
                ),
            },
            { title: t.settles, cell: ({ settles }) => t.parts[settles] },
            { title: t.budgetYear, isNumeric: true, cell: ({ budgetYear }) => budgetYear ?? '–' },
            { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            {
              title: t.outcome,
              cell: ({ outcome }) => (outcome ? `${t.outcomes[outcome.kind]}: ${outcome.reason}` : t.waiting),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** Interest that was demanded, and parts that were waived, with their persons. */
function Demands({ claim: { interestDemands, waivers } }: { readonly claim: ClaimView }) {
  const { page: t, list } = useTexts(claimTexts);
  const { amount: amountTitle, reason: reasonTitle } = useTexts(fundsTexts);
  return (
    <>
      {interestDemands.length > 0 && (
        <Section title={t.interestDemands}>
          <Table
            caption={t.interestDemands}
            rows={interestDemands}
            keyOf={({ number }) => String(number)}
            columns={[
              { title: t.until, isHeading: true, cell: ({ until }) => <Day value={until} /> },
              { title: list.columns.due, cell: ({ dueOn }) => <Day value={dueOn} /> },
              { title: t.by, cell: ({ by }) => by },
              { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            ]}
          />
        </Section>
      )}
      {waivers.length > 0 && (
        <Section title={t.waivers}>
          <Table
            caption={t.waivers}
            rows={waivers}
            keyOf={({ number }) => String(number)}
            columns={[
              { title: t.on, isHeading: true, cell: ({ waivedOn }) => <Day value={waivedOn} /> },
              { title: reasonTitle, cell: ({ reason }) => reason },
              { title: t.by, cell: ({ by }) => by },
              { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            ]}
          />
        </Section>
      )}
    </>
  );
}
