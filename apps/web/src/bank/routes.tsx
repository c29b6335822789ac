import { Navigate, type RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { WORK_LIST } from './work-list';
import { bankTexts } from './texts';

export const bankRoutes: RouteObject[] = [
  {
    path: 'bank',
    children: [
      { index: true, element: <Navigate to={WORK_LIST} replace /> },
      {
        path: 'entries',
        lazy: async () => ({ Component: (await withTexts(import('./entries'), bankTexts)).EntriesPage }),
      },
      {
        path: 'entries/:bankEntryId',
        lazy: async () => ({ Component: (await withTexts(import('./entry'), bankTexts)).EntryPage }),
      },
      {
        path: 'dismissals',
        lazy: async () => ({ Component: (await withTexts(import('./dismissals'), bankTexts)).DismissalsPage }),
      },
      {
        path: 'messages',
        lazy: async () => ({ Component: (await withTexts(import('./messages'), bankTexts)).MessagesPage }),
      },
      {
        path: 'messages/:bankMessageId',
        lazy: async () => ({ Component: (await withTexts(import('./message'), bankTexts)).MessagePage }),
      },
      {
        path: 'reconciliation',
        lazy: async () => ({ Component: (await withTexts(import('./reconciliation'), bankTexts)).ReconciliationsPage }),
      },
      {
        path: 'reconciliation/:fundId',
        lazy: async () => ({ Component: (await withTexts(import('./reconciliation'), bankTexts)).ReconciliationPage }),
      },
    ],
  },
];
