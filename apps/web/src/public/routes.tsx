import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { publicTexts } from './texts';

export const publicRoutes: RouteObject[] = [
  {
    path: 'about/:topic',
    lazy: async () => ({ Component: (await withTexts(import('./about'), publicTexts)).AboutPage }),
  },
];
