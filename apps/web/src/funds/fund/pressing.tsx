import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Page } from '#contracts';
import { listClaims, listCommitments, listDrawdowns, listProofsOfUse } from '#contracts/finance';
import { read, type Read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../ui/page';
import { Refusal } from '../../ui/query-state';
import { fundTexts } from './texts';
import { today } from '../../ui/calendar';

const COUNTED_MAX = 100;

/** What of the fund is late or waits for somebody; nothing is shown where nothing does. */
export function Pressing({ fundId }: { readonly fundId: string }) {
  const { cockpit: t } = useTexts(fundTexts);
  const limit = COUNTED_MAX;
  const items: readonly { name: keyof typeof t.lateItems; to: string; query: Read<Page<unknown>> }[] = [
    {
      name: 'lacksCover',
      to: `/funds/commitments?fundId=${fundId}&lacksCover=true`,
      query: read(listCommitments, { fundId, lacksCover: true, limit }),
    },
    {
      name: 'overdueProofs',
      to: `/funds/proofs?fundId=${fundId}&status=OPEN&dueOnTo=${today()}`,
      query: read(listProofsOfUse, { fundId, status: 'OPEN', dueOnTo: today(), limit }),
    },
    {
      name: 'proofsToCheck',
      to: `/funds/proofs?fundId=${fundId}&status=SUBMITTED`,
      query: read(listProofsOfUse, { fundId, status: 'SUBMITTED', limit }),
    },
    {
      name: 'drawdowns',
      to: `/funds/drawdowns?fundId=${fundId}&status=REQUESTED`,
      query: read(listDrawdowns, { fundId, status: 'REQUESTED', limit }),
    },
    {
      name: 'claims',
      to: `/funds/claims?fundId=${fundId}&status=DUE`,
      query: read(listClaims, { fundId, status: 'DUE', limit }),
    },
  ];
  const answers = useQueries({ queries: items.map(({ query }) => query) });
  const found = items.flatMap(({ name, to }, index) => {
    const page = answers[index]?.data;
    return page && page.items.length > 0 ? [{ name, to, count: countText(page) }] : [];
  });
  return (
    <Section title={t.late}>
      {answers.flatMap(({ error }, index) => (error ? [<Refusal key={items[index]?.name} error={error} />] : []))}
      {answers.every(({ data }) => data?.items.length === 0) && <p className="kern-body">{t.nothingLate}</p>}
      <ul className="cards">
        {found.map(({ name, to, count }) => (
          <li className="card" key={name}>
            <span className="card__number">{count}</span>
            <Link className="kern-link" to={to}>
              {t.lateItems[name]}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function countText({ items, page }: Page<unknown>): string {
  return page.next === null ? String(items.length) : `${items.length}+`;
}
