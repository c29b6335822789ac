import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { invoiceTexts } from './invoices/texts';
import { MoneyStart } from './start';
import { moneyTexts, officeTexts } from './texts';
import { travelTexts } from './travel/texts';

export const moneyRoutes: RouteObject[] = [
  {
    path: 'money',
    children: [
      { index: true, element: <MoneyStart /> },
      {
        path: 'payouts',
        lazy: async () => ({ Component: (await withTexts(import('./payouts'), moneyTexts, officeTexts)).PayoutsPage }),
      },
      {
        path: 'payouts/:payoutId',
        lazy: async () => ({ Component: (await withTexts(import('./payout'), moneyTexts, officeTexts)).PayoutPage }),
      },
      {
        path: 'invoices',
        lazy: async () => ({
          Component: (await withTexts(import('./invoices/list'), moneyTexts, invoiceTexts)).InvoicesPage,
        }),
      },
      {
        path: 'invoices/new',
        lazy: async () => ({
          Component: (await withTexts(import('./invoices/record'), moneyTexts, invoiceTexts)).RecordInvoicePage,
        }),
      },
      {
        path: 'invoices/:supplierInvoiceId',
        lazy: async () => ({
          Component: (await withTexts(import('./invoices/invoice'), moneyTexts, invoiceTexts)).InvoicePage,
        }),
      },
      {
        path: 'travel',
        lazy: async () => ({
          Component: (await withTexts(import('./travel/list'), moneyTexts, travelTexts)).TravelClaimsPage,
        }),
      },
      {
        path: 'travel/new',
        lazy: async () => ({
          Component: (await withTexts(import('./travel/record'), moneyTexts, travelTexts)).RecordTravelPage,
        }),
      },
      {
        path: 'travel/:travelClaimId',
        lazy: async () => ({
          Component: (await withTexts(import('./travel/claim'), moneyTexts, travelTexts)).TravelClaimPage,
        }),
      },
      {
        path: 'runs',
        lazy: async () => ({ Component: (await withTexts(import('./runs'), moneyTexts, officeTexts)).RunsPage }),
      },
      {
        path: 'runs/:paymentRunId',
        lazy: async () => ({ Component: (await withTexts(import('./run'), moneyTexts, officeTexts)).RunPage }),
      },
    ],
  },
];
