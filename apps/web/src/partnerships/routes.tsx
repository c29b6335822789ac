import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { partnershipTexts } from './texts';

export const partnershipRoutes: RouteObject[] = [
  {
    path: 'partnerships',
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await withTexts(import('./list'), partnershipTexts)).PartnershipsPage }),
      },
      {
        path: 'map',
        lazy: async () => ({ Component: (await withTexts(import('./map'), partnershipTexts)).PartnershipMapPage }),
      },
      {
        path: 'new',
        lazy: async () => ({
          Component: (await withTexts(import('./create'), partnershipTexts)).CreatePartnershipPage,
        }),
      },
      {
        path: ':partnershipId',
        lazy: async () => ({ Component: (await withTexts(import('./partnership'), partnershipTexts)).PartnershipPage }),
      },
      {
        path: ':partnershipId/timeline',
        lazy: async () => ({ Component: (await withTexts(import('./timeline'), partnershipTexts)).TimelinePage }),
      },
      {
        path: ':partnershipId/edit',
        lazy: async () => ({ Component: (await withTexts(import('./edit'), partnershipTexts)).EditPartnershipPage }),
      },
    ],
  },
  {
    path: 'municipalities/:municipalityId',
    lazy: async () => ({ Component: (await withTexts(import('./municipality'), partnershipTexts)).MunicipalityPage }),
  },
];
