import type { RouteObject } from 'react-router';
import { withTexts } from '../i18n/texts';
import { projectTexts } from './texts';

export const projectRoutes: RouteObject[] = [
  {
    path: 'projects',
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await withTexts(import('./list'), projectTexts)).ProjectsPage }),
      },
      {
        path: 'new',
        lazy: async () => ({ Component: (await withTexts(import('./create'), projectTexts)).CreateProjectPage }),
      },
      {
        path: ':projectId',
        lazy: async () => ({ Component: (await withTexts(import('./project'), projectTexts)).ProjectPage }),
      },
      {
        path: ':projectId/edit',
        lazy: async () => ({ Component: (await withTexts(import('./edit'), projectTexts)).EditProjectPage }),
      },
      {
        path: ':projectId/score',
        lazy: async () => ({ Component: (await withTexts(import('./score'), projectTexts)).ScoreProjectPage }),
      },
    ],
  },
];
