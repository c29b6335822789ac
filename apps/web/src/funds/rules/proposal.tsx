import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { Facts } from '../../ui/facts';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Instant, Period } from '../../ui/values';
import { DESKS, type RuleService, ruleServiceOf } from './desks';
import { type Proposal, PROPOSAL_TONES } from './proposal-tones';
import { useRuleWords } from './rule-words';
import { ruleTexts } from './texts';

/** One proposed row beside what holds without it; another person confirms it. */
export function RuleProposalPage() {
  const { proposalId = '', service: name } = useParams();
  const service = ruleServiceOf(name);
  const query = useQuery(read(DESKS[service].get, { proposalId }));
  return <Loaded query={query}>{(proposal) => <Detail service={service} proposal={proposal} />}</Loaded>;
}

function Detail({ service, proposal }: { readonly service: RuleService; readonly proposal: Proposal }) {
  const { proposals: t, columns, services, service: serviceTitle } = useTexts(ruleTexts);
  const words = useRuleWords();
  const { id, version, status, key, ruleSet, validFrom, validTo, source, proposedBy, proposedAt, decision } = proposal;
  const desk = DESKS[service];
  const fixed = { proposalId: id };
  const fields = { reason: { label: t.reason, rows: 3 } };
  const validity = { from: validFrom, to: validTo };
  return (
    <Page
      title={t.page(`${words.keyOf(key)}, ${words.setOf(ruleSet)}`)}
      crumbs={[{ label: t.title, to: `/funds/rules/proposals?service=${service}` }]}
      tag={<StatusTag tone={PROPOSAL_TONES[status]}>{t.statuses[status]}</StatusTag>}
      acts={
        <Acts
          of={desk.actions}
          id={fixed}
          version={version}
          seen={{ [t.status]: t.statuses[status] }}
          acts={[
            act({ operation: desk.confirm, isNext: true, ...t.confirm, fixed, fields }),
            act({ operation: desk.reject, ...t.reject, fixed, fields }),
          ]}
        />
      }
    >
      <Facts
        facts={[
          { label: serviceTitle, value: services[service] },
          { label: columns.value, value: words.valueOf(proposal) },
          { label: columns.validity, value: <Period value={validity} /> },
          { label: columns.source, value: <span className="written">{source}</span> },
          { label: t.by, value: proposedBy },
          { label: t.at, value: <Instant value={proposedAt} /> },
          ...(decision
            ? [
                { label: t.decided, value: decision.by },
                { label: t.reason, value: <span className="written">{decision.reason}</span> },
              ]
            : []),
        ]}
      />
      {status === 'PROPOSED' && <Before service={service} proposal={proposal} />}
    </Page>
  );
}

function Before({
  service,
  proposal: { ruleSet, key, validFrom },
}: {
  readonly service: RuleService;
  readonly proposal: Proposal;
}) {
  const { proposals: t, columns } = useTexts(ruleTexts);
  const words = useRuleWords();
  const query = useQuery(read(DESKS[service].list, { ruleSet, key, on: validFrom }));
  return (
    <Section title={t.before}>
      <Loaded query={query}>
        {({ items: [row] }) =>
          row ? (
            <Facts
              facts={[
                { label: columns.value, value: words.valueOf(row) },
                { label: columns.validity, value: <Period value={{ from: row.validFrom, to: row.validTo }} /> },
                { label: columns.source, value: <span className="written">{row.source}</span> },
              ]}
            />
          ) : (
            <p className="kern-body">–</p>
          )
        }
      </Loaded>
    </Section>
  );
}
