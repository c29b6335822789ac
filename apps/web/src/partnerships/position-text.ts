import type { Position } from '#contracts/partnership';
import type { UiLanguage } from '../i18n/language';
import type { z } from 'zod';

/** Degrees to two decimals, a kilometre or so, with the side of the equator and of Greenwich: `3,35° S, 37,34° O`. */
export function positionText({ latitude, longitude }: z.infer<typeof Position>, language: UiLanguage): string {
  const degrees = (value: number) =>
    `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Math.abs(value))}°`;
  const [east, west] = SIDES[language];
  return `${degrees(latitude)} ${latitude < 0 ? 'S' : 'N'}, ${degrees(longitude)} ${longitude < 0 ? west : east}`;
}

const SIDES: Readonly<Record<UiLanguage, readonly [east: string, west: string]>> = {
  de: ['O', 'W'],
  en: ['E', 'W'],
  fr: ['E', 'O'],
  es: ['E', 'O'],
};
