import { use } from 'react';
import { currentLanguage, switchLanguage, type UiLanguage, useLanguage } from './language';

type Loaders<T> = Readonly<Record<UiLanguage, () => Promise<{ readonly default: T }>>>;

/** A catalogue in all languages, each in a chunk of its own. German gives the type: what another one lacks does not compile. */
export interface Texts<T> {
  /** The same promise each time; React reads what it has become without waiting. */
  load(language: UiLanguage): Promise<T>;
}

const begun = new Set<Texts<unknown>>();

export function texts<T>(loaders: Loaders<T>): Texts<T> {
  const promises = new Map<UiLanguage, Promise<T>>();
  const self: Texts<T> = {
    load: (language) => {
      begun.add(self);
      const known = promises.get(language);
      if (known) return known;
      const promise = loaders[language]().then((module) => module.default);
      promises.set(language, promise);
      promise.then(
        (value) => Object.assign(promise, { status: 'fulfilled', value }),
        () => promises.delete(language),
      );
      return promise;
    },
  };
  return self;
}

export function useTexts<T>(catalogue: Texts<T>): T {
  return use(catalogue.load(useLanguage()));
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
