import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import {
  getScreeningStatus,
  importSanctionsList,
  listSanctionsLists,
  listScreenings,
  type ScreeningSummary,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { RowKeys } from '../ui/keys';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { SanctionsUpload } from './sanctions-upload';
import { BankTabs } from './tabs';
import { checkTexts } from './texts';
import { OUTCOME_TONES } from './tones';

const FILTERS = listScreenings.request.pick({ outcome: true, payeeId: true, cursor: true });
const NONE: readonly ScreeningSummary[] = [];

/** Names against the sanctions list: what waits for a person, how all payees stand, and which edition is in force. */
export function HitsPage() {
  const { hits: t } = useTexts(checkTexts);
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listScreenings, parametersOf(FILTERS, parameters)));
  const nameOf = usePayeeNames((query.data?.items ?? NONE).map(({ payeeId }) => payeeId));
  const { columns } = t;
  return (
    <Page title={t.title}>
      <BankTabs />
      <State />
      <Filters>
        <ChoiceFilter name="outcome" label={t.outcome} choices={choicesOf(t.outcomes)} />
      </Filters>
      <RowKeys />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.payee,
            isHeading: true,
            cell: ({ id, payeeId }) => (
              <Link className="kern-link" to={`/bank/hits/${id}?${parameters.toString()}`}>
                {nameOf(payeeId)}
              </Link>
            ),
          },
          {
            title: columns.outcome,
            cell: ({ outcome }) => <StatusTag tone={OUTCOME_TONES[outcome]}>{t.outcomes[outcome]}</StatusTag>,
          },
          { title: columns.names, cell: ({ screened }) => screened.names.join(', ') },
          { title: columns.at, cell: ({ screenedAt }) => <Instant value={screenedAt} /> },
          { title: columns.decision, cell: ({ decision }) => decision?.reason ?? '–' },
        ]}
      />
      <Editions />
      {mayCall(importSanctionsList, roles) && <SanctionsUpload />}
    </Page>
  );
}

function State() {
  const { hits: t } = useTexts(checkTexts);
  const language = useLanguage();
  const query = useQuery(read(getScreeningStatus, {}));
  return (
    <Section title={t.state}>
      <Loaded query={query}>
        {({ state, list, payees }) =>
          list === null ? (
            <Notice tone="danger" title={t.notConfigured} />
          ) : (
            <>
              {state === 'OUTDATED' && <Notice tone="danger" title={t.outdated} />}
              <Facts
                facts={[
                  { label: t.list, value: t.listOf(list.number, instantText(list.generatedAt, language)) },
                  { label: t.subjects, value: list.subjects },
                  { label: t.clear, value: payees.clear },
                  { label: t.review, value: payees.review },
                  { label: t.blocked, value: payees.blocked },
                  { label: t.unscreened, value: payees.unscreened },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

const EDITIONS_SHOWN = 10;

function Editions() {
  const { hits: t } = useTexts(checkTexts);
  const query = useQuery(read(listSanctionsLists, { limit: EDITIONS_SHOWN }));
  return (
    <Section title={t.lists}>
      <List
        query={query}
        caption={t.lists}
        keyOf={({ id }) => id}
        empty={t.noLists}
        columns={[
          { title: t.number, isHeading: true, cell: ({ number }) => number },
          { title: t.generated, cell: ({ generatedAt }) => <Instant value={generatedAt} /> },
          { title: t.subjects, isNumeric: true, cell: ({ subjects }) => subjects },
          { title: t.names, isNumeric: true, cell: ({ names }) => names },
          { title: t.importedAt, cell: ({ importedAt }) => <Instant value={importedAt} /> },
          { title: t.importedBy, cell: ({ importedBy }) => importedBy },
        ]}
      />
    </Section>
  );
}
