import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  changeCommitmentRate,
  type CommitmentView,
  estimateShareChange,
  getCommitment,
  listCommitmentActions,
  requestCommitmentCover,
} from '#contracts/finance';
import { mayCall } from '../../api/may';
import { useAssignmentNames } from '../../api/names';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { common } from '../../i18n/common';
import { instantText, moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { Facts } from '../../ui/facts';
import { Notice } from '../../ui/notice';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Instant, Money, Period } from '../../ui/values';
import { useFundNames } from '../fund-names';
import { fundsTexts } from '../texts';
import { CostPlan } from './cost-plan';
import { SharePreview } from './share-preview';
import { commitmentTexts } from './texts';
import { COMMITMENT_TONES } from './tones';

/** One commitment over its budget years, with the cost plan it rests on. */
export function CommitmentPage() {
  const { commitmentId = '' } = useParams();
  const query = useQuery(read(getCommitment, { commitmentId }));
  return <Loaded query={query}>{(commitment) => <Detail commitment={commitment} />}</Loaded>;
}

function Detail({ commitment }: { readonly commitment: CommitmentView }) {
  const t = useTexts(commitmentTexts);
  const { roles } = useSession();
  const { assignmentId, status, refusal, plan } = commitment;
  const nameOf = useAssignmentNames([assignmentId], t.nameOf, t.expert);
  return (
    <Page
      title={t.page.title(nameOf(assignmentId))}
      crumbs={[{ label: t.list.title, to: '/funds/commitments' }]}
      tag={<StatusTag tone={COMMITMENT_TONES[status]}>{t.statuses[status]}</StatusTag>}
      acts={<CommitmentActs commitment={commitment} />}
    >
      <Shortfall commitment={commitment} />
      {refusal && (
        <Notice tone="danger" title={t.page.refused}>
          <p className="kern-body">{t.refusals[refusal]}</p>
        </Notice>
      )}
      <KeyFacts commitment={commitment} />
      <Years commitment={commitment} />
      <Section title={t.plan.title}>
        {plan ? <CostPlan plan={plan} /> : <p className="kern-body">{t.page.noPlan}</p>}
      </Section>
      {status === 'COMMITTED' && mayCall(estimateShareChange, roles) && <SharePreview commitment={commitment} />}
    </Page>
  );
}

function CommitmentActs({ commitment: { id, version, status, total } }: { readonly commitment: CommitmentView }) {
  const { acts: t, statuses, page } = useTexts(commitmentTexts);
  const texts = useTexts(fundsTexts);
  const language = useLanguage();
  const fixed = { commitmentId: id };
  return (
    <Acts
      of={listCommitmentActions}
      id={fixed}
      version={version}
      seen={{ [texts.status]: statuses[status], [page.granted]: moneyText(total, language) }}
      acts={[
        act({ operation: requestCommitmentCover, isNext: true, ...t.cover, fixed, fields: {} }),
        act({ operation: changeCommitmentRate, ...t.rate, fixed, fields: { from: { label: t.from } } }),
      ]}
    />
  );
}

function Shortfall({ commitment: { coverShortfall } }: { readonly commitment: CommitmentView }) {
  const { page: t, refusals } = useTexts(commitmentTexts);
  const language = useLanguage();
  if (!coverShortfall) return null;
  const { reason, shortfalls, since } = coverShortfall;
  return (
    <Notice tone="warning" title={t.shortfall(instantText(since, language))}>
      <p className="kern-body">{refusals[reason]}</p>
      <ul className="kern-list kern-list--bullet">
        {shortfalls.map(({ year, missing }) => (
          <li key={year}>{t.missing(year, moneyText(missing, language))}</li>
        ))}
      </ul>
      <p className="kern-body">{t.taken}</p>
    </Notice>
  );
}

function KeyFacts({ commitment }: { readonly commitment: CommitmentView }) {
  const { page: t } = useTexts(commitmentTexts);
  const { fund } = useTexts(fundsTexts);
  const { words } = useTexts(common);
  const fundName = useFundNames();
  const { id, fundId, assignmentId, attempt, instrument, period, total, expiresAt } = commitment;
  return (
    <>
      <Facts
        facts={[
          { label: fund, value: fundName(fundId) },
          { label: t.granted, value: <Money value={total} /> },
          { label: t.instrument, value: words.instrument[instrument] },
          { label: t.period, value: <Period value={period} /> },
          ...(attempt > 1 ? [{ label: t.attempt, value: attempt }] : []),
          ...(expiresAt ? [{ label: t.expires, value: <Instant value={expiresAt} /> }] : []),
        ]}
      />
      <p className="links">
        <Link className="kern-link" to={`/assignments/${assignmentId}`}>
          {t.toAssignment}
        </Link>
        <Link className="kern-link" to={`/money/payouts?assignmentId=${assignmentId}`}>
          {t.toPayouts}
        </Link>
        <Link className="kern-link" to={`/funds/${fundId}/journal?reference=${id}`}>
          {t.toJournal}
        </Link>
      </p>
    </>
  );
}

function Years({ commitment: { byYear } }: { readonly commitment: CommitmentView }) {
  const { page: t } = useTexts(commitmentTexts);
  const { year: yearTitle } = useTexts(fundsTexts);
  return (
    <Section title={t.years}>
      <Table
        caption={t.years}
        rows={byYear}
        keyOf={({ year }) => String(year)}
        columns={[
          { title: yearTitle, isHeading: true, cell: ({ year }) => year },
          { title: t.granted, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
          { title: t.released, isNumeric: true, cell: ({ released }) => <Money value={released} /> },
          { title: t.open, isNumeric: true, cell: ({ open }) => <Money value={open} /> },
        ]}
      />
    </Section>
  );
}
