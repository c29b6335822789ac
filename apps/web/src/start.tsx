import { lazy, useContext } from 'react';
import { SessionContext } from './api/use-session';
import { homeTexts } from './home/texts';
import { withTexts } from './i18n/texts';
import { publicTexts } from './public/texts';

const Home = lazy(async () => ({ default: (await withTexts(import('./home/home'), homeTexts)).HomePage }));
const PublicStart = lazy(async () => ({
  default: (await withTexts(import('./public/start'), publicTexts)).PublicStartPage,
}));

/** The same address for everybody: what waits for whoever is signed in, and what this is for all others. */
export function Start() {
  return useContext(SessionContext) ? <Home /> : <PublicStart />;
}
