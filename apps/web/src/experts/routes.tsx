import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { expertTexts } from './texts';

export const expertRoutes: RouteObject[] = [
  {
    path: 'experts',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), expertTexts)).ExpertsPage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./create'), expertTexts)).CreateExpertPage }),
      },
      {
        path: ':expertId',
        lazy: async () => ({ Component: (await withTexts(import('./expert'), expertTexts)).ExpertPage }),
      },
      {
        path: ':expertId/edit',
        lazy: async () => ({ Component: (await withTexts(import('./edit'), expertTexts)).EditExpertPage }),
      },
    ],
  },
];
