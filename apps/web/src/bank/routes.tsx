import { Navigate, type RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { WORK_LIST } from './work-list';
import { bankTexts, checkTexts, feedTexts } from './texts';

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
        path: 'answers',
        lazy: async () => ({ Component: (await withTexts(import('./answers'), bankTexts, checkTexts)).AnswersPage }),
      },
      {
        path: 'answers/:paymentAnswerId',
        lazy: async () => ({ Component: (await withTexts(import('./answer'), checkTexts)).AnswerPage }),
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
      {
        path: 'account-changes',
        lazy: async () => ({
          Component: (await withTexts(import('./account-changes'), bankTexts, checkTexts)).AccountChangesPage,
        }),
      },
      {
        path: 'account-changes/:payeeId/:changeId',
        lazy: async () => ({
          Component: (await withTexts(import('./account-change'), bankTexts, checkTexts)).AccountChangePage,
        }),
      },
      {
        path: 'hits',
        lazy: async () => ({ Component: (await withTexts(import('./hits'), bankTexts, checkTexts)).HitsPage }),
      },
      {
        path: 'hits/:screeningId',
        lazy: async () => ({ Component: (await withTexts(import('./hit'), checkTexts)).HitPage }),
      },
      {
        path: 'returned',
        lazy: async () => ({ Component: (await withTexts(import('./returns'), bankTexts, checkTexts)).ReturnsPage }),
      },
      {
        path: 'returned/:payoutId',
        lazy: async () => ({ Component: (await withTexts(import('./return'), bankTexts, checkTexts)).ReturnPage }),
      },
      {
        path: 'feed',
        lazy: async () => ({ Component: (await withTexts(import('./feed'), bankTexts, feedTexts)).FeedPage }),
      },
      {
        path: 'webhooks/:webhookId',
        lazy: async () => ({ Component: (await withTexts(import('./webhook'), feedTexts)).WebhookPage }),
      },
    ],
  },
];
