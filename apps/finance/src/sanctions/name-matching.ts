import { setImmediate } from 'node:timers/promises';
import { partial_ratio, token_sort_ratio } from 'fuzzball';
import { transliterate } from 'transliteration';
import type { ScreeningHit } from '#contracts';
import type { SanctionedSubject } from './eu-sanctions-list';

/** Stated on each screening, so that an old result can be understood; a change of the rules here is a new name. */
export const ALGORITHM = 'transliteration 2.6, fuzzball 2.2: max(token_sort, 0.9 * partial), place +-5; v1';

export interface ScreenedSubject {
  readonly names: readonly string[];
  readonly town: string;
  readonly country: string;
}

const TRIGRAM_SHARE_MIN = 0.4;
const PLACE_BONUS = 5;
const PARTIAL_LENGTH_MIN = 8;
const BUILD_AT_ONCE = 200;

/**
 * Lower-case Latin letters and digits, tokens apart by one blank. Umlauts and their written-out forms fold to one spelling, so
 * that Müller, Mueller and Muller are the same; company forms are dropped.
 */
export function foldName(name: string): string {
  return transliterate(name.normalize('NFC'))
    .toLowerCase()
    .replace(/['’`@]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/([aou])e/g, '$1')
    .replace(/([a-z])\1+/g, '$1')
    .split(' ')
    .filter((token) => token !== '' && !COMPANY_FORMS.has(token))
    .join(' ');
}

const COMPANY_FORMS = new Set(['gmbh', 'ag', 'ltd', 'limited', 'lc', 'inc', 'sa', 'sarl', 'ev', 'mr', 'mrs', 'dr']);

interface IndexedName {
  readonly subject: SanctionedSubject;
  readonly listedName: string;
  readonly folded: string;
  readonly trigrams: number;
}

/** The names of one edition, found by the trigrams they share with a name; the few that share enough are compared in full. */
export class NameIndex {
  private readonly names: IndexedName[] = [];
  private readonly byTrigram = new Map<string, number[]>();

  /** Lets other work of the process in between: a whole list takes a second. */
  static async build(subjects: readonly SanctionedSubject[]): Promise<NameIndex> {
    const index = new NameIndex();
    for (const [number, subject] of subjects.entries()) {
      for (const listedName of subject.names) index.add(subject, listedName);
      if (number % BUILD_AT_ONCE === BUILD_AT_ONCE - 1) await setImmediate();
    }
    return index;
  }

  /** The best hit per listed subject at or above the threshold (0 to 100), highest first. */
  hits(screened: ScreenedSubject, threshold: number): ScreeningHit[] {
    const best = new Map<string, ScreeningHit>();
    for (const screenedName of new Set(screened.names)) {
      const folded = foldName(screenedName);
      for (const candidate of this.candidates(folded)) {
        const hit = compare({ screenedName, folded }, candidate, screened);
        const known = best.get(hit.logicalId);
        if (hit.score >= threshold && (!known || known.score < hit.score)) best.set(hit.logicalId, hit);
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.logicalId.localeCompare(b.logicalId));
  }

  private add(subject: SanctionedSubject, listedName: string): void {
    const folded = foldName(listedName);
    const trigrams = trigramsOf(folded);
    const number = this.names.push({ subject, listedName, folded, trigrams: trigrams.size }) - 1;
    for (const trigram of trigrams) {
      const holders = this.byTrigram.get(trigram);
      if (holders) holders.push(number);
      else this.byTrigram.set(trigram, [number]);
    }
  }

  private candidates(folded: string): IndexedName[] {
    const shared = new Map<number, number>();
    const trigrams = trigramsOf(folded);
    for (const trigram of trigrams) {
      for (const number of this.byTrigram.get(trigram) ?? []) shared.set(number, (shared.get(number) ?? 0) + 1);
    }
    return [...shared].flatMap(([number, count]) => {
      const name = this.names[number];
      // Measured against the shorter name: a listed name inside a longer one must be found, too.
      return name && count >= TRIGRAM_SHARE_MIN * Math.min(trigrams.size, name.trigrams) ? [name] : [];
    });
  }
}

function compare(
  { screenedName, folded }: { screenedName: string; folded: string },
  candidate: IndexedName,
  { town, country }: ScreenedSubject,
): ScreeningHit {
  const { subject, listedName } = candidate;
  const tokens = token_sort_ratio(folded, candidate.folded);
  // A short name is part of many others by chance.
  const isLong = Math.min(folded.length, candidate.folded.length) >= PARTIAL_LENGTH_MIN;
  const partial = isLong ? Math.round(partial_ratio(folded, candidate.folded) * 0.9) : 0;
  const place = placeBonus(subject, { town, country });
  return {
    logicalId: subject.logicalId,
    referenceNumber: subject.referenceNumber,
    subjectType: subject.subjectType,
    listedName,
    screenedName,
    score: Math.max(0, Math.min(100, Math.max(tokens, partial) + place.points)),
    explanation: [
      `compared as "${folded}" with "${candidate.folded}"`,
      `same words in any order: ${tokens}; one inside the other: ${partial}`,
      place.why,
    ],
  };
}

/** Only supports a name that is similar already; another country lowers it little, since people move. */
function placeBonus(
  subject: SanctionedSubject,
  place: { town: string; country: string },
): { points: number; why: string } {
  const isTown = subject.towns.some((town) => foldName(town) === foldName(place.town));
  if (isTown) return { points: PLACE_BONUS, why: `the list names the town ${place.town}: +${PLACE_BONUS}` };
  if (subject.countries.length === 0) return { points: 0, why: 'the list names no country: 0' };
  if (subject.countries.includes(place.country))
    return { points: 0, why: `the list names the country ${place.country}: 0` };
  return {
    points: -PLACE_BONUS,
    why: `the list names other countries (${subject.countries.join(', ')}): -${PLACE_BONUS}`,
  };
}

function trigramsOf(folded: string): Set<string> {
  const trigrams = new Set<string>();
  for (const token of folded.split(' ')) {
    const padded = ` ${token} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) trigrams.add(padded.slice(start, start + 3));
  }
  return trigrams;
}
