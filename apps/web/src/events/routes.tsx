import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { confirmTexts, deskTexts, eventTexts } from './texts';

/** For everybody: what is published, and what a link in a mail opens, needs no session. */
export const programmeRoutes: RouteObject[] = [
  {
    path: 'events/confirm',
    lazy: async () => ({ Component: (await withTexts(import('./confirm'), confirmTexts)).ConfirmPage }),
  },
  {
    path: 'events',
    lazy: async () => ({ Component: (await withTexts(import('./list'), eventTexts, deskTexts)).EventsPage }),
  },
  {
    path: 'events/:eventId',
    lazy: async () => ({ Component: (await withTexts(import('./event'), eventTexts, deskTexts)).EventPage }),
  },
];

export const eventRoutes: RouteObject[] = [
  {
    path: 'events/new',
    lazy: async () => ({ Component: (await withTexts(import('./create'), eventTexts, deskTexts)).CreateEventPage }),
  },
  {
    path: 'events/deletions',
    lazy: async () => ({ Component: (await withTexts(import('./deletions'), deskTexts)).DeletionsPage }),
  },
  {
    path: 'events/undelivered-mails',
    lazy: async () => ({
      Component: (await withTexts(import('./undelivered'), eventTexts, deskTexts)).UndeliveredMailsPage,
    }),
  },
  {
    path: 'events/:eventId/edit',
    lazy: async () => ({ Component: (await withTexts(import('./edit'), eventTexts, deskTexts)).EditEventPage }),
  },
  {
    path: 'events/:eventId/register',
    lazy: async () => ({ Component: (await withTexts(import('./register'), eventTexts)).RegisterPage }),
  },
  {
    path: 'events/:eventId/desk',
    lazy: async () => ({ Component: (await withTexts(import('./desk'), eventTexts, deskTexts)).DeskPage }),
  },
  {
    path: 'events/:eventId/walk-in',
    lazy: async () => ({ Component: (await withTexts(import('./walk-in'), eventTexts, deskTexts)).WalkInPage }),
  },
  {
    path: 'events/:eventId/check-in',
    lazy: async () => ({ Component: (await withTexts(import('./check-in'), eventTexts, deskTexts)).CheckInPage }),
  },
  {
    path: 'events/:eventId/attendance',
    lazy: async () => ({ Component: (await withTexts(import('./attendance'), eventTexts, deskTexts)).AttendancePage }),
  },
  {
    path: 'registrations',
    lazy: async () => ({ Component: (await withTexts(import('./registrations'), eventTexts)).RegistrationsPage }),
  },
  {
    path: 'registrations/:registrationId',
    lazy: async () => ({
      Component: (await withTexts(import('./registration'), eventTexts, deskTexts)).RegistrationPage,
    }),
  },
];
