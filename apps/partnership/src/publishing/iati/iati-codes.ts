import type { Words } from '../public-names';

/** A field of action with its codes. */
export interface FieldCodes {
  readonly name: Words;
  readonly crsMain: string;
  readonly sdgGoals: readonly string[];
  readonly sdgTargets: readonly string[];
}

export interface IatiCodes {
  readonly fields: ReadonlyMap<string, FieldCodes>;
}

type Shares = readonly { readonly key: string; readonly percent: number }[];

const SECTORS_NOT_SPECIFIED = '99810';

/** CRS purposes by share; one alone has no percentage, and several add up to 100. */
export function sectorsOf(shares: Shares, { fields }: IatiCodes): Readonly<Record<string, string>>[] {
  const byCode = new Map<string, number>();
  for (const { key, percent } of shares) {
    const code = fields.get(key)?.crsMain;
    if (code !== undefined) byCode.set(code, (byCode.get(code) ?? 0) + percent);
  }
  if (byCode.size === 0) return [{ '@vocabulary': '1', '@code': SECTORS_NOT_SPECIFIED }];
  return [...byCode].map(([code, percent]) => ({
    '@vocabulary': '1',
    '@code': code,
    ...(byCode.size > 1 ? { '@percentage': String(percent) } : {}),
  }));
}

/** Goals (vocabulary 2) and targets (3) of Agenda 2030. */
export function tagsOf(shares: Shares, { fields }: IatiCodes): Readonly<Record<string, string>>[] {
  const its = shares.flatMap(({ key }) => fields.get(key) ?? []);
  const tags = (vocabulary: string, codes: readonly string[]) =>
    [...new Set(codes)].map((code) => ({ '@vocabulary': vocabulary, '@code': code }));
  return [
    ...tags(
      '2',
      its.flatMap(({ sdgGoals }) => sdgGoals),
    ),
    ...tags(
      '3',
      its.flatMap(({ sdgTargets }) => sdgTargets),
    ),
  ];
}

/** The same in words, with their shares. */
export function fieldsInWords(shares: Shares, { fields }: IatiCodes): Words {
  const words = shares.flatMap(({ key, percent }) => {
    const field = fields.get(key);
    return field ? [{ de: `${field.name.de} ${percent} %`, en: `${field.name.en} ${percent}%` }] : [];
  });
  if (words.length === 0) return { de: 'nicht angegeben', en: 'not stated' };
  return { de: words.map(({ de }) => de).join(', '), en: words.map(({ en }) => en).join(', ') };
}
