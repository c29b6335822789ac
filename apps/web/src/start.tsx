import { lazy, useContext } from 'react';
import { SessionContext } from './api/use-session';

const Home = lazy(async () => ({ default: (await import('./home/home')).HomePage }));
const PublicStart = lazy(async () => ({ default: (await import('./public/start')).PublicStartPage }));

/** The same address for everybody: what waits for whoever is signed in, and what this is for all others. */
export function Start() {
  return useContext(SessionContext) ? <Home /> : <PublicStart />;
}
