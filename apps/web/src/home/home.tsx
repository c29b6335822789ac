import type { Role } from '#contracts';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Page } from '../ui/page';
import { BegunSection } from './begun';
import { ExpertHome } from './expert-home';
import { FundBoard } from './fund-board';
import { homeTexts } from './texts';
import { WaitingSection } from './waiting-list';

const ANSWERS_FOR_MONEY: readonly Role[] = ['budget-officer', 'auditor'];

export function HomePage() {
  const { expertId } = useSession();
  return expertId === undefined ? <TaskHome /> : <ExpertHome expertId={expertId} />;
}

/** What waits for the person, by role. */
function TaskHome() {
  const t = useTexts(homeTexts);
  const { roles: names } = useTexts(common);
  const session = useSession();
  return (
    <Page title={t.title} lead={session.roles.map((role) => names[role]).join(', ')}>
      {session.roles.some((role) => ANSWERS_FOR_MONEY.includes(role)) && <FundBoard />}
      <BegunSection />
      <WaitingSection />
    </Page>
  );
}
