/** Letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'a', œ: 'o' };

/** The words of a name as they are compared: without case, accents and signs, and with ae, oe, ue for ä, ö, ü alike. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .toLowerCase()
    .replace(/[ßøłđıæœ]/g, (letter) => LETTERS[letter] ?? letter);
  return (folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => word.replace(/([aou])e/g, '$1'));
}

/** One spelling for all writings of a name that differ in blanks, signs, case and accents only. */
export function plain(text: string): string {
  return wordsOf(text).join('');
}

function trigramsOf(text: string): Set<string> {
  const padded = `  ${text} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)));
}

export interface Likeness<T> {
  readonly item: T;
  /** 1 for the same spelling, 0 for nothing in common. */
  readonly likeness: number;
}

interface Entry<T> {
  readonly item: T;
  readonly spelling: string;
  readonly trigrams: number;
}

/** Things by their names: by the very spelling, and by names that are much alike (shared groups of three letters). */
export class NameIndex<T> {
  private readonly bySpelling = new Map<string, T[]>();
  private readonly entries: Entry<T>[] = [];
  private readonly byTrigram = new Map<string, number[]>();

  add(name: string, item: T): void {
    const spelling = plain(name);
    if (spelling === '') return;
    const same = this.bySpelling.get(spelling);
    if (same) same.push(item);
    else this.bySpelling.set(spelling, [item]);
    const trigrams = trigramsOf(spelling);
    for (const trigram of trigrams) {
      const known = this.byTrigram.get(trigram);
      if (known) known.push(this.entries.length);
      else this.byTrigram.set(trigram, [this.entries.length]);
    }
    this.entries.push({ item, spelling, trigrams: trigrams.size });
  }

  exact(name: string): readonly T[] {
    return this.bySpelling.get(plain(name)) ?? [];
  }

  /** All that are at least so much like it; the likeliest first. */
  alike(name: string, likenessMin: number): Likeness<T>[] {
    const asked = plain(name);
    const trigrams = trigramsOf(asked);
    const shared = new Map<number, number>();
    for (const trigram of trigrams)
      for (const index of this.byTrigram.get(trigram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    const found: Likeness<T>[] = [];
    for (const [index, count] of shared) {
      const entry = this.entries[index];
      if (!entry) continue;
      const likeness = entry.spelling === asked ? 1 : count / (trigrams.size + entry.trigrams - count);
      if (likeness >= likenessMin) found.push({ item: entry.item, likeness });
    }
    return found.sort((a, b) => b.likeness - a.likeness);
  }
}
