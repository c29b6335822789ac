import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { operationsTexts } from './texts';

export const operationsRoutes: RouteObject[] = [
  {
    path: 'operations',
    lazy: async () => ({ Component: (await withTexts(import('./board'), operationsTexts)).BoardPage }),
  },
  {
    path: 'operations/dead-letters',
    lazy: async () => ({ Component: (await withTexts(import('./dead-letters'), operationsTexts)).DeadLettersPage }),
  },
  {
    path: 'operations/rechecks',
    lazy: async () => ({ Component: (await withTexts(import('./rechecks'), operationsTexts)).RechecksPage }),
  },
];
