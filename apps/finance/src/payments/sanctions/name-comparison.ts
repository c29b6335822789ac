import { partial_ratio, ratio } from 'fuzzball';
import { bySound, withoutBlanks } from './name-folding';

/** How alike two folded names are, 0 to 100, each in its way. */
export interface Likeness {
  /** The same words in any order. */
  readonly words: number;
  /** One name inside the other. */
  readonly part: number;
  /** Whatever blanks stand where. */
  readonly letters: number;
  /** Initials for words. */
  readonly initials: number;
  /** Another spelling of the same sound. */
  readonly sound: number;
}

/** A short name is part of many others by chance. */
const PART_LENGTH_MIN = 8;
const PART_WEIGHT = 0.9;
const SOUND_WEIGHT = 0.98;
const LETTERS_LENGTH_MIN = 6;
const ROTATIONS_MAX = 6;
/** An initial says little: enough for a person to look, also where the list names another country. */
const INITIALS_SCORE = 92;
const INITIALS_WORD_SCORE_MIN = 88;
const INITIALS_WORD_LENGTH_MIN = 4;
const PARTICLE_LENGTH_MAX = 2;
const AS_FOLDED = { full_process: false };

/** What is not this much alike by its letters alone, whatever their order, is not compared further: it cannot be a hit. */
const ALIKE_MIN = 70;
/** Other spellings of a sound change letters. */
const ALIKE_BY_SOUND_MIN = 55;

export function likeness(one: string, other: string): Likeness {
  const { common, shorter, both } = commonLetters(one, other);
  const whole = (200 * common) / both;
  const isPart = shorter >= PART_LENGTH_MIN && (100 * common) / shorter >= ALIKE_MIN / PART_WEIGHT;
  return {
    words: whole >= ALIKE_MIN ? ratio(sorted(one), sorted(other), AS_FOLDED) : 0,
    part: isPart ? Math.round(partial_ratio(one, other, AS_FOLDED) * PART_WEIGHT) : 0,
    letters: whole >= ALIKE_MIN ? lettersScore(one, other) : 0,
    initials: initialsScore(one.split(' '), other.split(' ')),
    sound: whole >= ALIKE_BY_SOUND_MIN ? soundScore(one, other) : 0,
  };
}

const BLANK = 0x20;
const letterCounts = new Int16Array(128);

/** How many letters two names have in common, in any order: no comparison finds more. */
function commonLetters(one: string, other: string): { common: number; shorter: number; both: number } {
  letterCounts.fill(0);
  const length = { one: 0, other: 0 };
  for (let at = 0; at < one.length; at += 1) {
    const code = one.charCodeAt(at);
    if (code === BLANK) continue;
    letterCounts[code] = (letterCounts[code] ?? 0) + 1;
    length.one += 1;
  }
  let common = 0;
  for (let at = 0; at < other.length; at += 1) {
    const code = other.charCodeAt(at);
    if (code === BLANK) continue;
    const left = letterCounts[code] ?? 0;
    if (left > 0) common += 1;
    letterCounts[code] = left - 1;
    length.other += 1;
  }
  return { common, shorter: Math.min(length.one, length.other), both: length.one + length.other };
}

function soundScore(one: string, other: string): number {
  return Math.round(ratio(sorted(bySound(one)), sorted(bySound(other)), AS_FOLDED) * SOUND_WEIGHT);
}

function sorted(folded: string): string {
  return folded.split(' ').sort().join(' ');
}

/** Compared without blanks. Family name first or last: the name with fewer words is also tried from each of its words on. */
function lettersScore(one: string, other: string): number {
  const [fewer, more] = [one, other].sort((a, b) => a.split(' ').length - b.split(' ').length);
  const letters = withoutBlanks(more ?? '');
  const words = (fewer ?? '').split(' ');
  if (Math.min(letters.length, withoutBlanks(fewer ?? '').length) < LETTERS_LENGTH_MIN) return 0;
  const turned = words
    .slice(0, ROTATIONS_MAX)
    .map((_, first) => withoutBlanks([...words.slice(first), ...words.slice(0, first)].join(' ')));
  return Math.max(...turned.map((name) => ratio(name, letters, AS_FOLDED)));
}

/** `V Putin` for `Vladimir Vladimirovich Putin`: each initial stands for a word, each word for one like it; none is used twice. */
function initialsScore(one: readonly string[], other: readonly string[]): number {
  const short = hasInitials(one) ? one : other;
  const long = short === one ? other : one;
  if (!hasInitials(short) || short.length > long.length) return 0;
  const left = [...long];
  const familyName = long.at(-1) ?? '';
  for (const word of [...short].sort((a, b) => b.length - a.length)) {
    const found = left.findIndex((each) => (word.length === 1 ? each.startsWith(word) : isSameWord(word, each)));
    if (found < 0) return 0;
    left.splice(found, 1);
  }
  // Without the family name, which comes last in the list, initials would stand for anybody.
  const isWhole = left.every((word) => word.length <= PARTICLE_LENGTH_MAX);
  return isWhole || !left.includes(familyName) ? INITIALS_SCORE : 0;
}

function hasInitials(words: readonly string[]): boolean {
  return words.some((word) => word.length === 1) && words.some((word) => word.length >= INITIALS_WORD_LENGTH_MIN);
}

function isSameWord(one: string, other: string): boolean {
  return one === other || ratio(one, other, AS_FOLDED) >= INITIALS_WORD_SCORE_MIN;
}
