import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { WaitingAnswer, WaitingGroup, WaitingItem } from '#contracts';
import { useTexts } from '../i18n/texts';
import { today } from '../ui/calendar';
import { CaseNumber } from '../ui/case-number';
import { Notice } from '../ui/notice';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day } from '../ui/values';
import { homeTexts } from './texts';
import { pageOf, waiting } from './waiting';

/** What waits for the person, over all services and by kind; the number opens the list, each thing the page on which it is done. */
export function WaitingSection() {
  const t = useTexts(homeTexts);
  const query = useQuery(waiting);
  return (
    <Section title={t.waits}>
      <Loaded query={query}>{(answer) => <Groups answer={answer} />}</Loaded>
    </Section>
  );
}

function Groups({ answer: { items, unavailable } }: { readonly answer: WaitingAnswer }) {
  const t = useTexts(homeTexts);
  const { list: words } = t;
  return (
    <>
      {unavailable.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{unavailable.map((service) => t.services[service]).join(', ')}</p>
        </Notice>
      )}
      {items.length === 0 && unavailable.length === 0 && <p className="kern-body">{t.nothing}</p>}
      {items.length > 0 && (
        <Table
          caption={t.waits}
          rows={items}
          keyOf={({ kind }) => kind}
          columns={[
            {
              title: words.what,
              isHeading: true,
              cell: ({ kind, lists: [list = '/'] }) => (
                <Link className="kern-link" to={pageOf(list)}>
                  {t.items[kind]}
                </Link>
              ),
            },
            { title: words.count, isNumeric: true, cell: ({ total }) => total },
            { title: words.urgent, cell: (group) => <Urgent group={group} /> },
          ]}
        />
      )}
    </>
  );
}

function Urgent({ group: { items } }: { readonly group: WaitingGroup }) {
  const { list: words } = useTexts(homeTexts);
  return (
    <ul className="urgent">
      {items.map((item, index) => (
        <li key={`${item.path} ${index}`}>
          {item.caseNumber === null ? (
            <Link className="kern-link" to={pageOf(item.path)} aria-label={words.open(index + 1)}>
              {words.look}
            </Link>
          ) : (
            <Link className="kern-link" to={pageOf(item.path)}>
              <CaseNumber value={item.caseNumber} />
            </Link>
          )}{' '}
          <When item={item} />
        </li>
      ))}
    </ul>
  );
}

function When({ item: { since, dueOn } }: { readonly item: WaitingItem }) {
  const { list: words } = useTexts(homeTexts);
  if (dueOn !== null)
    return (
      <>
        {words.until} <Day value={dueOn} /> {dueOn < today() && <StatusTag tone="warning">{words.overdue}</StatusTag>}
      </>
    );
  return (
    since !== null && (
      <>
        {words.since} <Day value={since} />
      </>
    )
  );
}
