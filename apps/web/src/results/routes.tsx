import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { resultTexts } from './texts';

export const resultRoutes: RouteObject[] = [
  {
    path: 'results',
    children: [
      { index: true, lazy: async () => ({ Component: (await withTexts(import('./list'), resultTexts)).ResultsPage }) },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./create'), resultTexts)).CreateResultPage }),
      },
      {
        path: 'totals',
        lazy: async () => ({ Component: (await withTexts(import('./totals'), resultTexts)).TotalsPage }),
      },
      {
        path: 'totals/leaves',
        lazy: async () => ({ Component: (await withTexts(import('./leaves'), resultTexts)).LeavesPage }),
      },
      {
        path: ':resultId',
        lazy: async () => ({ Component: (await withTexts(import('./result'), resultTexts)).ResultPage }),
      },
      {
        path: ':resultId/edit',
        lazy: async () => ({ Component: (await withTexts(import('./edit'), resultTexts)).EditResultPage }),
      },
      {
        path: ':resultId/origins',
        lazy: async () => ({ Component: (await withTexts(import('./edit-origins'), resultTexts)).EditOriginsPage }),
      },
      {
        path: ':resultId/figure',
        lazy: async () => ({ Component: (await withTexts(import('./figure'), resultTexts)).RecordFigurePage }),
      },
      {
        path: ':resultId/correction',
        lazy: async () => ({ Component: (await withTexts(import('./figure'), resultTexts)).CorrectFigurePage }),
      },
      {
        path: ':resultId/indicator',
        lazy: async () => ({ Component: (await withTexts(import('./add-indicator'), resultTexts)).AddIndicatorPage }),
      },
      {
        path: ':resultId/indicators/:indicatorId',
        lazy: async () => ({ Component: (await withTexts(import('./edit-indicator'), resultTexts)).EditIndicatorPage }),
      },
    ],
  },
];
