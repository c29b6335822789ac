import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { searchTexts } from './texts';

export const searchRoutes: RouteObject[] = [
  {
    path: 'search',
    lazy: async () => ({ Component: (await withTexts(import('./search'), searchTexts)).SearchPage }),
  },
];
