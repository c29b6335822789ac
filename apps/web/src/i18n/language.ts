import { useSyncExternalStore } from 'react';

/** The languages of the pages. German is the source. */
export const UI_LANGUAGES = ['de', 'en', 'fr', 'es'] as const;
export type UiLanguage = (typeof UI_LANGUAGES)[number];

const REMEMBERED = 'language';
const watchers = new Set<() => void>();
let current: UiLanguage = preferred();

export function currentLanguage(): UiLanguage {
  return current;
}

export function useLanguage(): UiLanguage {
  return useSyncExternalStore(watch, currentLanguage);
}

/** Changes the language of everything on screen at once; see changeLanguage in texts.ts for the texts it needs first. */
export function switchLanguage(language: UiLanguage): void {
  current = language;
  localStorage.setItem(REMEMBERED, language);
  document.documentElement.lang = language;
  for (const tell of watchers) tell();
}

/** What the person chose before, else the first language of the browser that we have, else German. */
function preferred(): UiLanguage {
  if (typeof document === 'undefined') return 'de';
  const wanted = [localStorage.getItem(REMEMBERED) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return UI_LANGUAGES.find((language) => language === wanted.find(isOurs)) ?? 'de';
}

function isOurs(tag: string): boolean {
  return (UI_LANGUAGES as readonly string[]).includes(tag);
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}
