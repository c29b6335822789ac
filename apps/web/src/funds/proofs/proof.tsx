import { AuditFolder } from '../../ui/audit-folder';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { getCommitment, listClaims, type ProofOfUseView, getProofOfUse } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { useMunicipalityNames } from '../../api/names';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { Facts } from '../../ui/facts';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { less } from '../../ui/sum-of';
import { Table } from '../../ui/table';
import { Day, Instant, Money, Period } from '../../ui/values';
import { useFundNames } from '../fund-names';
import { fundsTexts } from '../texts';
import { Checks } from './checks';
import { DueRule } from './due-rule';
import { ProofActs } from './proof-acts';
import { Inventory, Receipts } from './receipts';
import { proofTexts } from './texts';
import { PROOF_TONES } from './tones';

export function ProofPage() {
  const { proofOfUseId = '' } = useParams();
  const query = useQuery(read(getProofOfUse, { proofOfUseId }));
  return <Loaded query={query}>{(proof) => <Detail proof={proof} />}</Loaded>;
}

/** What a proof is called: its kind and whose it is. */
export function useProofTitle({ kind, municipalityId }: Pick<ProofOfUseView, 'kind' | 'municipalityId'>): string {
  const { title, kinds, fundItself } = useTexts(proofTexts);
  const townOf = useMunicipalityNames(municipalityId === null ? [] : [municipalityId]);
  return title(kinds[kind], municipalityId === null ? fundItself : townOf(municipalityId));
}

function Detail({ proof }: { readonly proof: ProofOfUseView }) {
  const { page: t, list, statuses } = useTexts(proofTexts);
  const { status, narrative, receipts, inventory, checks } = proof;
  const title = useProofTitle(proof);
  return (
    <Page
      title={title}
      crumbs={[{ label: list.title, to: '/funds/proofs' }]}
      tag={<StatusTag tone={PROOF_TONES[status]}>{statuses[status]}</StatusTag>}
      acts={<ProofActs proof={proof} title={title} />}
    >
      <KeyFacts proof={proof} />
      <Dialogue proof={proof} />
      {checks.length > 0 && <Checks checks={checks} />}
      <Plan proof={proof} />
      <Section title={t.narrative}>
        <p className="kern-body written">{narrative ?? t.nothing}</p>
      </Section>
      <Section title={t.receipts}>
        {receipts.length === 0 ? <p className="kern-body">{t.noReceipts}</p> : <Receipts proof={proof} />}
      </Section>
      {inventory.length > 0 && (
        <Section title={t.inventory}>
          <Inventory proof={proof} />
        </Section>
      )}
      <AuditFolder subject={{ kind: 'PROOF_OF_USE', proofOfUseId: proof.id }} />
    </Page>
  );
}

function KeyFacts({ proof }: { readonly proof: ProofOfUseView }) {
  const { page: t } = useTexts(proofTexts);
  const { fund, ruleSet: ruleSetTitle, ruleSets } = useTexts(fundsTexts);
  const { roles } = useSession();
  const fundName = useFundNames();
  const { fundId, commitmentId, claimId, period, dueOn, dueRuleId, ruleSet, submittedBy, submittedAt, checkedBy } =
    proof;
  return (
    <>
      <Facts
        facts={[
          { label: t.due, value: <Day value={dueOn} /> },
          { label: t.period, value: <Period value={period} /> },
          { label: ruleSetTitle, value: ruleSets[ruleSet] },
          ...(mayCall(listClaims, roles) ? [{ label: fund, value: fundName(fundId) }] : []),
          ...(submittedBy && submittedAt
            ? [
                {
                  label: t.submitted,
                  value: (
                    <>
                      {submittedBy}, <Instant value={submittedAt} />
                    </>
                  ),
                },
              ]
            : []),
          ...(checkedBy ? [{ label: t.checked, value: checkedBy }] : []),
        ]}
      />
      <DueRule name={dueRuleId} />
      <p className="links">
        {commitmentId && mayCall(listClaims, roles) && mayCall(getCommitment, roles) && (
          <Link className="kern-link" to={`/funds/commitments/${commitmentId}`}>
            {t.commitment}
          </Link>
        )}
        {claimId && mayCall(listClaims, roles) && (
          <Link className="kern-link" to={`/funds/claims/${claimId}`}>
            {t.claim}
          </Link>
        )}
      </p>
    </>
  );
}

function Plan({ proof: { lines, ownShare } }: { readonly proof: ProofOfUseView }) {
  const { page: t } = useTexts(proofTexts);
  const { categories } = useTexts(fundsTexts);
  const rows = [
    ...lines.map(({ category, ...line }) => ({ name: categories[category], ...line })),
    { name: t.ownShare, explanation: null, ...ownShare },
  ];
  return (
    <Section title={t.plan}>
      <Table
        caption={t.plan}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { title: t.category, isHeading: true, cell: ({ name }) => name },
          { title: t.planned, isNumeric: true, cell: ({ planned }) => <Money value={planned} /> },
          { title: t.actual, isNumeric: true, cell: ({ actual }) => (actual ? <Money value={actual} /> : '–') },
          {
            title: t.difference,
            isNumeric: true,
            cell: ({ actual, planned }) => (actual ? <Money value={less(actual, planned)} /> : '–'),
          },
          { title: t.explanation, cell: ({ explanation }) => explanation ?? '–' },
        ]}
      />
    </Section>
  );
}

function Dialogue({ proof: { dialogue } }: { readonly proof: ProofOfUseView }) {
  const { page: t, remarks } = useTexts(proofTexts);
  if (dialogue.length === 0) return null;
  return (
    <Section title={t.dialogue}>
      <ol className="timeline">
        {dialogue.map(({ kind, by, at, text }) => (
          <li key={`${at}${kind}`}>
            <strong>{remarks[kind]}</strong>
            <small>
              {by}, <Instant value={at} />
            </small>
            <p className="kern-body written">{text}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
