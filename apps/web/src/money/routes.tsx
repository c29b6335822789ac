import { Navigate, type RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { moneyTexts } from './texts';

export const moneyRoutes: RouteObject[] = [
  {
    path: 'money',
    children: [
      { index: true, element: <Navigate to="payouts" replace /> },
      {
        path: 'payouts',
        lazy: async () => ({ Component: (await withTexts(import('./payouts'), moneyTexts)).PayoutsPage }),
      },
      {
        path: 'payouts/:payoutId',
        lazy: async () => ({ Component: (await withTexts(import('./payout'), moneyTexts)).PayoutPage }),
      },
      { path: 'runs', lazy: async () => ({ Component: (await withTexts(import('./runs'), moneyTexts)).RunsPage }) },
      {
        path: 'runs/:paymentRunId',
        lazy: async () => ({ Component: (await withTexts(import('./run'), moneyTexts)).RunPage }),
      },
    ],
  },
];
