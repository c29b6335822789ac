import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { getTravelClaim, type TravelClaimView } from '#contracts/finance';
import { read } from '../../api/query';
import { countryName, dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { DocumentLink } from '../../ui/document-link';
import { Facts } from '../../ui/facts';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Day, Instant } from '../../ui/values';
import { ExpensePayments } from '../expense-payments';
import { TravelLines } from './lines';
import { travelTexts } from './texts';

/** A claim as it was sent: the way, what it is worth, its receipts and its payment. */
export function TravelClaimPage() {
  const { travelClaimId = '' } = useParams();
  const query = useQuery(read(getTravelClaim, { travelClaimId }));
  return <Loaded query={query}>{(claim) => <Detail claim={claim} />}</Loaded>;
}

function Detail({ claim }: { readonly claim: TravelClaimView }) {
  const { page: t, title, columns } = useTexts(travelTexts);
  return (
    <Page
      title={t.name(claim.destination)}
      crumbs={[{ label: title, to: '/money/travel' }]}
      trailOf={claim.id}
      lead={claim.purpose}
    >
      <Journey claim={claim} />
      <Way claim={claim} />
      <Section title={t.sum}>
        <TravelLines {...claim} />
      </Section>
      {claim.receipts.length > 0 && (
        <Section title={t.receipts}>
          {claim.receipts.map(({ id, fileName }) => (
            <p key={id}>
              <DocumentLink documentId={id}>{t.open(fileName)}</DocumentLink>
            </p>
          ))}
        </Section>
      )}
      <ExpensePayments
        payouts={claim.payouts}
        title={t.payments}
        columns={{ payout: t.payout, status: t.status, amount: columns.total }}
      />
    </Page>
  );
}

function Journey({ claim }: { readonly claim: TravelClaimView }) {
  const { page: t, columns, between } = useTexts(travelTexts);
  const language = useLanguage();
  const { startsOn, endsOn, assignmentId } = claim;
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          { label: columns.days, value: between(dayText(startsOn, language), dayText(endsOn, language)) },
          { label: t.until, value: <Day value={claim.claimableUntil} /> },
          { label: t.year, value: claim.budgetYear },
          { label: t.sent, value: claim.submittedBy },
          { label: t.at, value: <Instant value={claim.submittedAt} /> },
        ]}
      />
      {assignmentId !== null && (
        <Link className="kern-link" to={`/assignments/${assignmentId}`}>
          {t.toAssignment}
        </Link>
      )}
    </Section>
  );
}

function Way({ claim: { journey } }: { readonly claim: TravelClaimView }) {
  const { page: t, form, means } = useTexts(travelTexts);
  const language = useLanguage();
  const at = (day: string, time: string) => `${dayText(day, language)}, ${time}`;
  const rows = journey.legs.map((leg, index) => ({ ...leg, number: index + 1 }));
  return (
    <Section title={t.way}>
      <Table
        caption={t.way}
        rows={rows}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            title: t.leg,
            isHeading: true,
            cell: ({ place, country }) => `${place}, ${countryName(country, language)}`,
          },
          { title: t.departure, cell: ({ departedOn, departedAt }) => at(departedOn, departedAt) },
          { title: t.arrival, cell: ({ arrivedOn, arrivedAt }) => at(arrivedOn, arrivedAt) },
          {
            title: t.means,
            cell: (leg) => `${means[leg.means]}${leg.kilometres ? `, ${leg.kilometres} ${form.kilometres}` : ''}`,
          },
        ]}
      />
    </Section>
  );
}
