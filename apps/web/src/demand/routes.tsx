import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { demandTexts } from './texts';

export const demandRoutes: RouteObject[] = [
  {
    path: 'requests',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), demandTexts)).RequestsPage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./create'), demandTexts)).CreateRequestPage }),
      },
      {
        path: ':expertRequestId',
        lazy: async () => ({ Component: (await withTexts(import('./request'), demandTexts)).RequestPage }),
      },
      {
        path: ':expertRequestId/edit',
        lazy: async () => ({ Component: (await withTexts(import('./edit'), demandTexts)).EditRequestPage }),
      },
      {
        path: ':expertRequestId/assessment/correction',
        lazy: async () => ({ Component: (await withTexts(import('./assess'), demandTexts)).CorrectAssessmentPage }),
      },
      {
        path: ':expertRequestId/assessment',
        lazy: async () => ({ Component: (await withTexts(import('./assess'), demandTexts)).AssessRequestPage }),
      },
    ],
  },
];
