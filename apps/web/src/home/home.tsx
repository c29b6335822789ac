import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Role } from '#contracts';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { BegunSection } from './begun';
import { ExpertHome } from './expert-home';
import { FundBoard } from './fund-board';
import { homeTexts } from './texts';
import { type Waiting, waitingFor } from './waiting';

const ANSWERS_FOR_MONEY: readonly Role[] = ['budget-officer', 'auditor'];

export function HomePage() {
  const { expertId } = useSession();
  return expertId === undefined ? <TaskHome /> : <ExpertHome expertId={expertId} />;
}

/** What waits for the person, by role; each number opens its list. */
function TaskHome() {
  const t = useTexts(homeTexts);
  const { roles: names } = useTexts(common);
  const session = useSession();
  const waiting = waitingFor(session.roles);
  return (
    <Page title={t.title} lead={session.roles.map((role) => names[role]).join(', ')}>
      {session.roles.some((role) => ANSWERS_FOR_MONEY.includes(role)) && <FundBoard />}
      <BegunSection />
      <Section title={t.waits}>
        {waiting.length === 0 ? <p className="kern-body">{t.nothing}</p> : null}
        <ul className="cards">
          {waiting.map((each) => (
            <WaitingCard key={each.name} waiting={each} />
          ))}
        </ul>
      </Section>
    </Page>
  );
}

function WaitingCard({ waiting }: { readonly waiting: Waiting }) {
  const t = useTexts(homeTexts);
  const query = useQuery(waiting.query);
  const isNone = query.data?.items.length === 0;
  return (
    <li className="card" data-none={isNone}>
      <Loaded query={query}>
        {({ items, page }) => (
          <>
            <span className="card__number">{page.next === null ? items.length : t.more(items.length)}</span>
            <Link className="kern-link" to={waiting.to}>
              {t.items[waiting.name]}
            </Link>
          </>
        )}
      </Loaded>
    </li>
  );
}
