import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { reportTexts } from './texts';

export const reportRoutes: RouteObject[] = [
  {
    path: 'reports',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), reportTexts)).ReportsPage }) },
      {
        path: ':reportId',
        lazy: async () => ({ Component: (await withTexts(import('./report'), reportTexts)).ReportPage }),
      },
      {
        path: ':reportId/write',
        lazy: async () => ({ Component: (await withTexts(import('./write'), reportTexts)).WriteReportPage }),
      },
    ],
  },
];
