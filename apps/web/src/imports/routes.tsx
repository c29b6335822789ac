import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { importTexts } from './texts';

export const importRoutes: RouteObject[] = [
  {
    path: 'imports',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), importTexts)).ImportsPage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./open'), importTexts)).OpenImportPage }),
      },
      {
        path: ':importId',
        lazy: async () => ({ Component: (await withTexts(import('./desk'), importTexts)).ImportDeskPage }),
      },
    ],
  },
];
