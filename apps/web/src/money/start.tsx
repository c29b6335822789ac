import { Navigate } from 'react-router';
import { useSession } from '../api/use-session';
import { firstFilterOf } from './waiting';

/** The area begins with what is not done yet. */
export function MoneyStart() {
  return <Navigate to={`payouts?status=${firstFilterOf(useSession())}`} replace />;
}
