import { NavLink } from 'react-router';
import { listPaymentRuns } from '#contracts/finance';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { moneyTexts } from './texts';

/** The parts of the area, beside each other. */
export function MoneyTabs() {
  const { tabs } = useTexts(moneyTexts);
  const { roles } = useSession();
  return (
    <nav className="navigation tabs" aria-label={tabs.label}>
      <ul>
        <li>
          <NavLink to="/money/payouts">{tabs.payouts}</NavLink>
        </li>
        {mayCall(listPaymentRuns, roles) && (
          <li>
            <NavLink to="/money/runs">{tabs.runs}</NavLink>
          </li>
        )}
      </ul>
    </nav>
  );
}
