import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { assignmentTexts } from './texts';

export const assignmentRoutes: RouteObject[] = [
  {
    path: 'assignments',
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await withTexts(import('./list'), assignmentTexts)).AssignmentsPage }),
      },
      { path: 'new', lazy: async () => ({ Component: (await withTexts(import('./plan'), assignmentTexts)).PlanPage }) },
      {
        path: ':assignmentId',
        lazy: async () => ({ Component: (await withTexts(import('./assignment'), assignmentTexts)).AssignmentPage }),
      },
      {
        path: ':assignmentId/plan',
        lazy: async () => ({ Component: (await withTexts(import('./plan'), assignmentTexts)).ReplanPage }),
      },
    ],
  },
];
