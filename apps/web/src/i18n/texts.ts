import { use } from 'react';
import { currentLanguage, switchLanguage, type UiLanguage, useLanguage } from './language';

type Loaders<T> = Readonly<Record<UiLanguage, () => Promise<{ readonly default: T }>>>;

/** A catalogue in all languages, each in a chunk of its own. German gives the type: what another one lacks does not compile. */
export interface Texts<T> {
  load(language: UiLanguage): Promise<T>;
  loaded(language: UiLanguage): T | undefined;
}

const begun = new Set<Texts<unknown>>();

export function texts<T>(loaders: Loaders<T>): Texts<T> {
  const promises = new Map<UiLanguage, Promise<T>>();
  const done = new Map<UiLanguage, T>();
  const self: Texts<T> = {
    load: (language) => {
      begun.add(self);
      const promise =
        promises.get(language) ??
        loaders[language]().then((module) => {
          done.set(language, module.default);
          return module.default;
        });
      promises.set(language, promise);
      promise.catch(() => promises.delete(language));
      return promise;
    },
    loaded: (language) => done.get(language),
  };
  return self;
}

export function useTexts<T>(catalogue: Texts<T>): T {
  const language = useLanguage();
  return catalogue.loaded(language) ?? use(catalogue.load(language));
}

/** Loads every text that is in use before anything changes, so that no page is taken away and nothing typed is lost. */
export async function changeLanguage(language: UiLanguage): Promise<void> {
  await Promise.all([...begun].map((catalogue) => catalogue.load(language)));
  switchLanguage(language);
}

/** For the routes of an area: its page and its texts are fetched side by side. */
export async function withTexts<T>(page: Promise<T>, ...catalogues: readonly Texts<unknown>[]): Promise<T> {
  const [module] = await Promise.all([page, ...catalogues.map((catalogue) => catalogue.load(currentLanguage()))]);
  return module;
}
