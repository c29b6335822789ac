import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type FundView, type JournalEntryView, listFundJournal, verifyJournal } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { LinkButton } from '../../ui/button';
import { ChoiceFilter, DayFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Notice } from '../../ui/notice';
import { parametersOf } from '../../ui/parameters';
import { sumOf } from '../../ui/sum-of';
import { Day, Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { FundFrame } from './fund-frame';
import { JournalLines } from './journal-lines';
import { fundTexts } from './texts';

const FILTERS = listFundJournal.request.pick({
  kind: true,
  reference: true,
  effectiveOnFrom: true,
  effectiveOnTo: true,
  cursor: true,
});

/** Every entry of a fund, the newest first; each opens to its lines and leads to its case. */
export function JournalPage() {
  const { journal: t } = useTexts(fundTexts);
  const { roles } = useSession();
  return (
    <FundFrame
      part={t.title}
      lead={() => t.lead}
      acts={() =>
        mayCall(verifyJournal, roles) && (
          <div className="buttons">
            <LinkButton to="/funds/verification">{t.verify}</LinkButton>
          </div>
        )
      }
    >
      {(fund) => <Entries fund={fund} />}
    </FundFrame>
  );
}

function Entries({ fund: { id } }: { readonly fund: FundView }) {
  const { journal: t, kinds } = useTexts(fundTexts);
  const { amount } = useTexts(fundsTexts);
  const [parameters] = useSearchParams();
  const filters = parametersOf(FILTERS, parameters);
  const query = useQuery(read(listFundJournal, { fundId: id, ...filters }));
  return (
    <>
      <Filters>
        <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(kinds)} />
        <DayFilter name="effectiveOnFrom" label={t.from} />
        <DayFilter name="effectiveOnTo" label={t.to} />
      </Filters>
      {filters.reference !== undefined && (
        <Notice tone="info" title={t.referenceHint}>
          <Link className="kern-link" to={`/funds/${id}/journal`}>
            {t.all}
          </Link>
        </Notice>
      )}
      <List
        query={query}
        caption={t.title}
        keyOf={(entry) => entry.id}
        empty={t.empty}
        columns={[
          { title: t.effective, isHeading: true, cell: ({ effectiveOn }) => <Day value={effectiveOn} /> },
          { title: t.kind, cell: ({ kind }) => kinds[kind] },
          { title: t.moved, cell: (entry) => <Moved entry={entry} /> },
          {
            title: amount,
            isNumeric: true,
            cell: ({ lines }) =>
              sumOf(lines.filter(isAdded).map((line) => line.amount)).map((sum) => (
                <Money key={sum.currency} value={sum} />
              )),
          },
          { title: t.lines, cell: (entry) => <JournalLines entry={entry} fundId={id} /> },
        ]}
      />
    </>
  );
}

function Moved({ entry: { lines } }: { readonly entry: JournalEntryView }) {
  const { journal: t } = useTexts(fundTexts);
  const { stages } = useTexts(fundsTexts);
  const named = (added: boolean) =>
    [...new Set(lines.filter((line) => isAdded(line) === added).map(({ stage }) => stages[stage]))].join(', ');
  return t.movedText(named(false), named(true));
}

function isAdded({ amount: { amount } }: JournalEntryView['lines'][number]): boolean {
  return !amount.startsWith('-');
}
