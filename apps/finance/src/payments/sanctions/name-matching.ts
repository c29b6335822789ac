import { setImmediate } from 'node:timers/promises';
import type { ScreeningHit } from '#contracts/finance';
import type { SanctionedSubject } from './eu-sanctions-list';
import { type Likeness, likeness } from './name-comparison';
import { foldings, foldName, readability, withoutBlanks } from './name-folding';
import { TrigramIndex } from './trigram-index';

/** Stated on each screening, so that an old result can be understood; a change of the rules here is a new name. */
export const ALGORITHM = 'NFKC, UTS 39, transliteration 2.6, fuzzball 2.2: words, part, letters, initials, sound; v2';

export interface ScreenedSubject {
  readonly names: readonly string[];
  readonly town: string;
  readonly country: string;
}

const TRIGRAM_SHARE_MIN = 0.4;
const PLACE_BONUS = 5;
const NAMES_AT_ONCE = 200;
const READABLE_LETTERS_MIN = 3;
/** Of the letters and symbols of a name, how much may vanish before a person has to look. */
const LOST_SHARE_MAX = 0.2;
const LOST_MIN = 2;

/** Why nobody should trust the comparison of a name: next to nothing of it is left to compare. Empty for a name that can be read. */
export function doubtsAbout(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const letters = withoutBlanks(foldName(name)).length;
    if (letters < READABLE_LETTERS_MIN) return [`"${name}": only ${letters} letters are left to compare`];
    const { kept, lost } = readability(name);
    const isLost = lost >= LOST_MIN && lost > LOST_SHARE_MAX * (kept + lost);
    return isLost ? [`"${name}": ${lost} of ${kept + lost} characters cannot be read`] : [];
  });
}

interface IndexedName {
  readonly subject: SanctionedSubject;
  readonly listedName: string;
  readonly folded: string;
}

/** The names of one edition, found by the trigrams they share with a name; the few that share enough are compared in full. */
export class NameIndex {
  private constructor(
    private readonly names: readonly IndexedName[],
    private readonly byWords: TrigramIndex,
    private readonly byLetters: TrigramIndex,
  ) {}

  /** Lets other work of the process in between: a whole list takes a second. */
  static async build(subjects: readonly SanctionedSubject[]): Promise<NameIndex> {
    const names: IndexedName[] = [];
    const [words, letters]: [string[], string[]] = [[], []];
    for (const [subject, listedName] of subjects.flatMap((each) => each.names.map((name) => [each, name] as const))) {
      for (const folded of foldings(listedName)) {
        names.push({ subject, listedName, folded });
        words.push(asWords(folded));
        letters.push(asLetters(folded));
        if (names.length % NAMES_AT_ONCE === 0) await setImmediate();
      }
    }
    return new NameIndex(names, await TrigramIndex.build(words), await TrigramIndex.build(letters));
  }

  /** The best hit per listed subject at or above the threshold (0 to 100), highest first. */
  hits(screened: ScreenedSubject, threshold: number): ScreeningHit[] {
    const best = new Map<string, ScreeningHit>();
    for (const screenedName of new Set(screened.names)) {
      for (const folded of foldings(screenedName)) {
        for (const candidate of this.candidates(folded)) {
          const hit = compare({ screenedName, folded }, candidate, screened);
          const known = best.get(hit.logicalId);
          if (hit.score >= threshold && (!known || known.score < hit.score)) best.set(hit.logicalId, hit);
        }
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.logicalId.localeCompare(b.logicalId));
  }

  private candidates(folded: string): IndexedName[] {
    const numbers = new Set([
      ...this.byWords.candidates(asWords(folded), TRIGRAM_SHARE_MIN),
      ...this.byLetters.candidates(asLetters(folded), TRIGRAM_SHARE_MIN),
    ]);
    return [...numbers].flatMap((number) => this.names[number] ?? []);
  }
}

function asWords(folded: string): string {
  return ` ${folded} `;
}

/** As a ring, so that it does not matter with which word the name begins. */
function asLetters(folded: string): string {
  const letters = withoutBlanks(folded);
  return letters + letters.slice(0, 2);
}

function compare(
  { screenedName, folded }: { screenedName: string; folded: string },
  { subject, listedName, folded: listed }: IndexedName,
  { town, country }: ScreenedSubject,
): ScreeningHit {
  const alike = likeness(folded, listed);
  const place = placeBonus(subject, { town, country });
  return {
    logicalId: subject.logicalId,
    referenceNumber: subject.referenceNumber,
    subjectType: subject.subjectType,
    listedName,
    screenedName,
    score: Math.max(0, Math.min(100, Math.max(...Object.values<number>({ ...alike })) + place.points)),
    explanation: [`compared as "${folded}" with "${listed}"`, explained(alike), place.why],
  };
}

function explained({ words, part, letters, initials, sound }: Likeness): string {
  return `same words in any order: ${words}; one inside the other: ${part}; without blanks: ${letters}; initials: ${initials}; by sound: ${sound}`;
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
