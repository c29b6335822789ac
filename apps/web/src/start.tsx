import { lazy, useContext } from 'react';
import { SessionContext } from './api/use-session';
import { homeTexts } from './home/texts';
import { withTexts } from './i18n/texts';
import { publicTexts } from './public/texts';

const Home = lazy(async () => ({ default: (await withTexts(import('./home/home'), homeTexts)).HomePage }));
const loadPublicStart = async () => ({
  default: (await withTexts(import('./public/start'), publicTexts)).PublicStartPage,
});
const PublicStart = lazy(loadPublicStart);

/** For whoever comes for the first time, three kilobytes are fetched before it is known that nobody is signed in. */
export function fetchStartEarly(): void {
  if (location.pathname === '/') void loadPublicStart();
}

/** The same address for everybody: what waits for whoever is signed in, and what this is for all others. */
export function Start() {
  return useContext(SessionContext) ? <Home /> : <PublicStart />;
}
