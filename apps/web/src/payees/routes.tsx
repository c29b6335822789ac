import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { payeeTexts } from './texts';

export const payeeRoutes: RouteObject[] = [
  {
    path: 'payees',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), payeeTexts)).PayeesPage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./create'), payeeTexts)).CreatePayeePage }),
      },
      {
        path: ':payeeId',
        lazy: async () => ({ Component: (await withTexts(import('./payee'), payeeTexts)).PayeePage }),
      },
    ],
  },
];
