import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { formatMinor } from '#contracts';
import { STANDARD_INDICATORS } from '#contracts/partnership';
import { CLOSING, type IatiContext, iatiParts, opening } from './iati/iati-activities';
import { iatiChecker } from './iati/iati-check';
import type { Finding } from './iati/iati-ruleset';
import type { Portfolio } from './portfolio';

export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/** A file in the parts in which it is kept. */
export interface EditionFile {
  readonly name: 'iati-activities.xml' | 'portfolio.json';
  readonly mediaType: string;
  readonly parts: readonly Buffer[];
}

export interface Edition {
  readonly files: readonly EditionFile[];
  readonly findings: readonly Finding[];
}

/** What an edition says, whenever it is made: the same again needs no new one. */
export function fingerprintOf({ asOf: _, ...portfolio }: Portfolio): string {
  return createHash('sha256').update(toJson(portfolio)).digest('hex');
}

/** Makes the files of an edition and checks them. */
export async function editionOf(portfolio: Portfolio, context: IatiContext): Promise<Edition> {
  const check = await iatiChecker(portfolio.asOf);
  const head = opening(context);
  const headLines = linesOf(head);
  const parts: string[] = [];
  let lines = 0;
  for (const part of iatiParts(portfolio, context)) {
    if (part !== head && part !== CLOSING) {
      check.add({ document: head + part + CLOSING, linesBefore: lines - headLines });
      // One part at a time is checked; what others ask meanwhile is answered between.
      await pause();
    }
    parts.push(part);
    lines += linesOf(part);
  }
  const iati: EditionFile = {
    name: 'iati-activities.xml',
    mediaType: 'application/xml',
    parts: partsOf(Buffer.from(parts.join(''))),
  };
  const fieldsOfAction = Object.fromEntries(
    [...context.codes.fields].map(([key, { name, sdgGoals }]) => [key, { name, sdgGoals }]),
  );
  const indicators = Object.fromEntries(
    Object.entries(STANDARD_INDICATORS).map(([key, { title, unit }]) => [key, { title, unit }]),
  );
  const { publisher, madeAt } = context;
  const about = { licence: LICENCE, publisher: publisher.name, madeAt, fieldsOfAction, indicators };
  const json = toJson({ ...about, ...portfolio });
  const leaves: EditionFile = {
    name: 'portfolio.json',
    mediaType: 'application/json',
    parts: partsOf(Buffer.from(json)),
  };
  return { files: [iati, leaves], findings: check.finish() };
}

/** Whole amounts of minor units are shown as the API shows money. */
function toJson(value: object): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || !('minor' in each) || !('currency' in each)) return each;
    const { minor, currency, ...rest } = each as { minor: bigint; currency: string };
    return { ...rest, amount: { amount: formatMinor(minor, currency), currency } };
  });
}

const PART_BYTES = 512 * 1024;

function partsOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, index) =>
    bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  );
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}
