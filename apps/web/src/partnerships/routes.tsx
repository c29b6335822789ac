import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { municipalityTexts } from './municipality-texts';
import { partnershipTexts } from './texts';

const BOTH = [partnershipTexts, municipalityTexts] as const;

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
        path: 'agreements',
        lazy: async () => ({
          Component: (await withTexts(import('./ending-agreements'), partnershipTexts)).EndingAgreementsPage,
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
    path: 'municipalities',
    children: [
      {
        index: true,
        lazy: async () => ({
          Component: (await withTexts(import('./registry-recorded'), ...BOTH)).RecordedMunicipalitiesPage,
        }),
      },
      {
        path: 'register',
        lazy: async () => ({ Component: (await withTexts(import('./registry-register'), ...BOTH)).RegisterPage }),
      },
      {
        path: 'places',
        lazy: async () => ({ Component: (await withTexts(import('./registry-places'), ...BOTH)).PlacesPage }),
      },
      {
        path: ':municipalityId',
        lazy: async () => ({ Component: (await withTexts(import('./municipality'), ...BOTH)).MunicipalityPage }),
      },
      {
        path: ':municipalityId/succession',
        lazy: async () => ({
          Component: (await withTexts(import('./declare-succession'), ...BOTH)).DeclareSuccessionPage,
        }),
      },
    ],
  },
];
