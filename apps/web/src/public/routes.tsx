import type { RouteObject } from 'react-router';

export const publicRoutes: RouteObject[] = [
  { path: 'about/:topic', lazy: async () => ({ Component: (await import('./about')).AboutPage }) },
];
