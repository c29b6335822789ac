import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { auditTexts } from './texts';

export const auditRoutes: RouteObject[] = [
  {
    path: 'audit',
    lazy: async () => ({ Component: (await withTexts(import('./trail'), auditTexts)).TrailPage }),
  },
];
