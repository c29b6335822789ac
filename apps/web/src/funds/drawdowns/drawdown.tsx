import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  type DrawdownView,
  getDrawdown,
  listDrawdownActions,
  matchDrawdown,
  receiveDrawdown,
} from '#contracts/finance';
import { read } from '../../api/query';
import { moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { today } from '../../ui/calendar';
import { Facts } from '../../ui/facts';
import { useOpenCredits } from '../../ui/open-credits';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Day, Money } from '../../ui/values';
import { useFundNames } from '../fund-names';
import { RuleList } from '../rule-list';
import { fundsTexts } from '../texts';
import { DrawdownUse } from './drawdown-use';
import { drawdownTexts } from './texts';

export function DrawdownPage() {
  const { drawdownId = '' } = useParams();
  const query = useQuery(read(getDrawdown, { drawdownId }));
  return <Loaded query={query}>{(drawdown) => <Detail drawdown={drawdown} />}</Loaded>;
}

function Detail({ drawdown }: { readonly drawdown: DrawdownView }) {
  const { page: t, list, statuses } = useTexts(drawdownTexts);
  const { status, approvalReference } = drawdown;
  return (
    <Page
      title={t.title(approvalReference)}
      crumbs={[{ label: list.title, to: '/funds/drawdowns' }]}
      tag={<StatusTag tone={status === 'RECEIVED' ? 'success' : 'warning'}>{statuses[status]}</StatusTag>}
      acts={<DrawdownActs drawdown={drawdown} />}
    >
      <KeyFacts drawdown={drawdown} />
      <Parts drawdown={drawdown} />
      {status === 'RECEIVED' && <DrawdownUse drawdown={drawdown} />}
    </Page>
  );
}

function DrawdownActs({ drawdown: { id, version, status, total, fundId } }: { readonly drawdown: DrawdownView }) {
  const credits = useOpenCredits(fundId);
  const { page: t, statuses, list } = useTexts(drawdownTexts);
  const language = useLanguage();
  const fixed = { drawdownId: id };
  return (
    <Acts
      of={listDrawdownActions}
      id={fixed}
      version={version}
      seen={{ [list.columns.status]: statuses[status], [list.columns.total]: moneyText(total, language) }}
      acts={[
        act({
          operation: matchDrawdown,
          isNext: credits.length > 0,
          ...t.match,
          fixed,
          fields: { bankEntryId: { label: t.credit, hint: t.creditHint, choices: credits } },
        }),
        act({
          operation: receiveDrawdown,
          isNext: credits.length === 0,
          ...t.receive,
          fixed,
          fields: { receivedOn: { label: t.receivedOn, initial: today() } },
        }),
      ]}
    />
  );
}

function KeyFacts({ drawdown }: { readonly drawdown: DrawdownView }) {
  const { page: t, list, form } = useTexts(drawdownTexts);
  const { fund, ruleSet: ruleSetTitle, ruleSets } = useTexts(fundsTexts);
  const fundName = useFundNames();
  const { fundId, ruleSet, total, requestedOn, requestedBy, receivedOn, justification, bankEntryId } = drawdown;
  return (
    <Facts
      facts={[
        { label: fund, value: fundName(fundId) },
        { label: list.columns.total, value: <Money value={total} /> },
        { label: ruleSetTitle, value: ruleSets[ruleSet] },
        { label: list.columns.requested, value: <Day value={requestedOn} /> },
        { label: t.by, value: requestedBy },
        ...(receivedOn ? [{ label: list.columns.received, value: <Day value={receivedOn} /> }] : []),
        {
          label: t.credit,
          value: bankEntryId ? (
            <Link className="kern-link" to={`/bank/entries/${bankEntryId}`}>
              {t.toCredit}
            </Link>
          ) : (
            t.notSeen
          ),
        },
        { label: form.justification, value: <span className="written">{justification}</span> },
      ]}
    />
  );
}

function Parts({ drawdown: { parts } }: { readonly drawdown: DrawdownView }) {
  const { page: t } = useTexts(drawdownTexts);
  const { places, amount: amountTitle } = useTexts(fundsTexts);
  const rules = parts.flatMap(({ ruleId }) => ruleId ?? []);
  return (
    <Section title={t.parts}>
      <Table
        caption={t.parts}
        rows={parts}
        keyOf={({ place }) => place}
        columns={[
          { title: t.place, isHeading: true, cell: ({ place }) => places[place] },
          {
            title: t.deadline,
            cell: ({ deadlineOn }) => (deadlineOn ? <Day value={deadlineOn} /> : t.notYet),
          },
          { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
      {rules.length > 0 && <RuleList title={t.rules} names={rules} />}
    </Section>
  );
}
