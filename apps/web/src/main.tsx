import './api/zod-without-eval';
import './ui/fonts.css';
import '@kern-ux/native/dist/kern.min.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { common } from './i18n/common';
import { currentLanguage } from './i18n/language';
import { keepPages } from './offline/register';
import { applyTheme } from './shell/theme';
import { fetchStartEarly } from './start';

async function start(): Promise<void> {
  const language = currentLanguage();
  document.documentElement.lang = language;
  applyTheme();
  fetchStartEarly();
  await common.load(language);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
  keepPages();
}

void start();
