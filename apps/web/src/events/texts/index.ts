import { texts } from '../../i18n/texts';
import type { ConfirmTexts } from './confirm.de';
import type { DeskTexts } from './desk.de';
import type { EventTexts } from './de';

export const eventTexts = texts<EventTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});

/** What organisers do: German and English. */
export const deskTexts = texts<DeskTexts>({
  de: () => import('./desk.de'),
  en: () => import('./desk.en'),
  fr: () => import('./desk.en'),
  es: () => import('./desk.en'),
});

/** For whoever got a mail and may never have been here before. */
export const confirmTexts = texts<ConfirmTexts>({
  de: () => import('./confirm.de'),
  en: () => import('./confirm.en'),
  fr: () => import('./confirm.fr'),
  es: () => import('./confirm.es'),
});
