import { z } from 'zod';

/**
 * The kinds of text that a request may carry. What a person reads is what is stored: characters that nobody sees, that turn the
 * reading order around or that no standard has assigned are refused, named by their code point, and never taken out in silence.
 * Every string of a request is one of these kinds, or has a format of its own; the test of the catalogue proves it.
 */

/** One line of text. Blanks of any width become plain ones, and composed letters one character (NFC). */
export const Line = (max: number) => line({ min: 1, max });

/** A line that may be empty: what a person, a place or a thing need not have. */
export const LineOrEmpty = (max: number) => line({ min: 0, max });

function line({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .overwrite(plainBlanks)
    .normalize('NFC')
    .trim()
    .min(min)
    .max(max)
    .superRefine((text, context) => refuseHidden(text, context));
}

/** Several lines of text: line breaks and tabs, and otherwise what one line may hold. */
export const Text = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(max)
    .superRefine((text, context) => refuseHidden(text.replace(/[\t\n\r]/g, ' '), context));

/** What machines wrote and machines read (account numbers, cursors, addresses): printable ASCII; blanks as in a line. */
export const MachineText = (max: number) =>
  z
    .string()
    .overwrite(plainBlanks)
    .max(max)
    .regex(/^[\x20-\x7e]*$/, 'must be plain ASCII');

/**
 * Controls, formats (bidi and zero-width characters, the soft hyphen, tags), surrogates, private and unassigned code points; line
 * and paragraph separators; and what is blank to the eye though Unicode calls it a letter or symbol (fillers, the empty Braille
 * cell). Source: Unicode 17, General_Category and Default_Ignorable_Code_Point; UAX 31, section 2.3, for the joiners.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Scripts whose spelling needs a joiner or non-joiner between two letters: Persian, Sinhala, the Indic ones. */
const JOINED =
  /[[\p{L}\p{M}]&&[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}]]/v;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
const JOINERS = ['\u200c', '\u200d'];

function plainBlanks(text: string): string {
  return text.replace(/\p{Zs}/gu, ' ');
}

function refuseHidden(text: string, context: z.RefinementCtx<string>): void {
  for (const { 0: hidden, index } of text.matchAll(HIDDEN)) {
    const before = /.$/su.exec(text.slice(Math.max(0, index - 2), index))?.[0] ?? '';
    const after = String.fromCodePoint(text.codePointAt(index + hidden.length) ?? 0x20);
    if (isSpelling(hidden, before, after)) continue;
    const code = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `must not contain U+${code} (after ${index} characters): control, invisible, private or unassigned characters are refused`;
    context.addIssue({ code: 'custom', message });
    return;
  }
}

/** A joiner where the script needs it, or what makes one picture of several. */
function isSpelling(hidden: string, before: string, after: string): boolean {
  if (hidden === '\ufe0f' || hidden === '\ufe0e') return /\p{Emoji}/u.test(before);
  if (!JOINERS.includes(hidden)) return false;
  if (JOINED.test(before) && JOINED.test(after)) return true;
  return hidden === '\u200d' && PICTURE.test(before) && PICTURE.test(after);
}
