import { setImmediate } from 'node:timers/promises';

/** Blank, a to z, 0 to 9: what a folded name is made of. */
const ALPHABET = 37;
const TRIGRAMS = ALPHABET ** 3;
const BLANK = 0x20;
const TEXTS_AT_ONCE = 1000;

/**
 * Finds the texts that share enough trigrams with another one. The holders of each trigram stand one after the other in one typed
 * array: a whole sanctions list costs a few MiB outside the heap, and nothing to collect.
 */
export class TrigramIndex {
  /** How many trigrams each text has, and shares in the search under way. */
  private readonly sizes: Uint16Array;
  private readonly shared: Uint16Array;

  private constructor(
    texts: number,
    /** Where in `holders` those of a trigram begin; they end where the next one's begin. */
    private readonly starts: Uint32Array,
    private readonly holders: Uint32Array,
  ) {
    this.sizes = new Uint16Array(texts);
    this.shared = new Uint16Array(texts);
  }

  /** Lets other work of the process in between. */
  static async build(texts: readonly string[]): Promise<TrigramIndex> {
    const starts = new Uint32Array(TRIGRAMS + 1);
    await inTurns(texts, (_, trigrams) => {
      for (const trigram of trigrams) starts[trigram + 1] = (starts[trigram + 1] ?? 0) + 1;
    });
    for (let trigram = 1; trigram <= TRIGRAMS; trigram += 1) {
      starts[trigram] = (starts[trigram] ?? 0) + (starts[trigram - 1] ?? 0);
    }
    const index = new TrigramIndex(texts.length, starts, new Uint32Array(starts[TRIGRAMS] ?? 0));
    const next = starts.slice();
    await inTurns(texts, (number, trigrams) => {
      index.sizes[number] = trigrams.size;
      for (const trigram of trigrams) {
        const place = next[trigram] ?? 0;
        index.holders[place] = number;
        next[trigram] = place + 1;
      }
    });
    return index;
  }

  /** The numbers of the texts that share at least this part of the smaller one's trigrams. */
  candidates(text: string, shareMin: number): number[] {
    const { starts, holders, sizes, shared } = this;
    const trigrams = trigramsOf(text);
    // Measured against the smaller one: a listed name inside a longer one must be found, too.
    const enough = Uint16Array.from({ length: trigrams.size + 1 }, (_, size) =>
      Math.max(1, Math.ceil(shareMin * size)),
    );
    const found: number[] = [];
    shared.fill(0);
    for (const trigram of trigrams) {
      const end = starts[trigram + 1] ?? 0;
      // An iterator would cost more than the work: this loop runs some ten thousand times for each name.
      for (let at = starts[trigram] ?? 0; at < end; at += 1) {
        const number = holders[at] ?? 0;
        const count = (shared[number] ?? 0) + 1;
        shared[number] = count;
        if (count === enough[Math.min(trigrams.size, sizes[number] ?? 0)]) found.push(number);
      }
    }
    return found;
  }
}

/** Three neighbouring characters as one number; those around a blank belong to two words and are left out. */
function trigramsOf(text: string): Set<number> {
  const trigrams = new Set<number>();
  for (let start = 0; start + 3 <= text.length; start += 1) {
    if (text.charCodeAt(start + 1) === BLANK) continue;
    const [first, second, third] = [start, start + 1, start + 2].map((at) => letterNumber(text.charCodeAt(at)));
    trigrams.add(((first ?? 0) * ALPHABET + (second ?? 0)) * ALPHABET + (third ?? 0));
  }
  return trigrams;
}

function letterNumber(code: number): number {
  if (code === BLANK) return 0;
  return code >= 0x61 ? code - 0x60 : code - 0x30 + 27;
}

async function inTurns(
  texts: readonly string[],
  visit: (number: number, trigrams: Set<number>) => void,
): Promise<void> {
  for (const [number, text] of texts.entries()) {
    visit(number, trigramsOf(text));
    if (number % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await setImmediate();
  }
}
