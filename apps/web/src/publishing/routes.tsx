import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { publishingTexts } from './texts';

export const publishingRoutes: RouteObject[] = [
  {
    path: 'publications',
    lazy: async () => ({ Component: (await withTexts(import('./list'), publishingTexts)).PublicationsPage }),
  },
  {
    path: 'publications/:publicationId',
    lazy: async () => ({ Component: (await withTexts(import('./publication'), publishingTexts)).PublicationPage }),
  },
];
