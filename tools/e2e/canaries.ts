import { minorUnitDigits, parseMinor } from '#contracts';

/** Less than this is found everywhere: a price, a number of days. */
const TELLING_MINOR = 10_000n;
const MONTHS = [1n, 6n, 12n] as const;

/** An amount by which a leak is known wherever it turns up. */
interface Canary {
  readonly minor: bigint;
  readonly currency: string;
}

/** Amounts that may be seen by whom they concern only, and what is easily worked out from them, in every spelling. */
export class Canaries {
  private readonly known = new Map<string, Canary>();

  constructor(private readonly everybodys: ReadonlySet<string> = new Set()) {}

  get size(): number {
    return this.known.size;
  }

  /** Every amount of an answer, with its months and half-years. */
  addFrom(answer: unknown): this {
    const amounts = moneyIn(answer);
    for (const { minor, currency } of amounts)
      for (const months of MONTHS) {
        this.add({ minor: minor * months, currency });
        this.add({ minor: (minor + months / 2n) / months, currency });
      }
    const currencies = new Set(amounts.map(({ currency }) => currency));
    for (const currency of currencies) {
      const sum = amounts.filter((it) => it.currency === currency).reduce((total, { minor }) => total + minor, 0n);
      this.add({ minor: sum, currency });
    }
    return this;
  }

  with(others: readonly Canaries[]): Canaries {
    const all = new Canaries(this.everybodys);
    for (const { known } of [this, ...others]) for (const canary of known.values()) all.add(canary);
    return all;
  }

  /** The spellings of canaries that a text holds. */
  foundIn(text: string): string[] {
    const found = [...text.matchAll(/(?<![\w.,])\d[\d.,' \u00a0\u202f]*\d(?!\w)/g)].map(([spelling]) => spelling);
    return [...new Set(found.filter((spelling) => this.spellings.has(spelling)))];
  }

  private get spellings(): ReadonlySet<string> {
    return (this.spelled ??= new Set([...this.known.values()].flatMap(spellingsOf)));
  }
  private spelled: ReadonlySet<string> | undefined;

  private add(canary: Canary): void {
    if (canary.minor < TELLING_MINOR || spellingsOf(canary).some((text) => this.everybodys.has(text))) return;
    this.known.set(`${canary.minor} ${canary.currency}`, canary);
    this.spelled = undefined;
  }
}

function moneyIn(value: unknown): Canary[] {
  if (Array.isArray(value)) return value.flatMap(moneyIn);
  if (typeof value !== 'object' || value === null) return [];
  if (
    'amount' in value &&
    'currency' in value &&
    typeof value.amount === 'string' &&
    typeof value.currency === 'string'
  ) {
    const minor = parseMinor(value.amount, value.currency);
    return minor === undefined ? [] : [{ minor: minor < 0n ? -minor : minor, currency: value.currency }];
  }
  return Object.values(value).flatMap(moneyIn);
}

/** `9324.00`, `9324.0`, `9324`, `9324,00`, `9,324.00`, `9.324,00`, `9 324,00`, and in minor units. */
export function spellingsOf({ minor, currency }: Canary): string[] {
  const digits = minorUnitDigits(currency);
  const text = minor.toString().padStart(digits + 1, '0');
  const [whole, cents] = digits === 0 ? [text, ''] : [text.slice(0, -digits), text.slice(-digits)];
  const grouped = (by: string) => whole.replaceAll(/\B(?=(\d{3})+$)/g, by);
  const decimals = [cents, cents.replace(/0+$/, '')].filter((part, index, all) => all.indexOf(part) === index);
  const written = decimals.flatMap((part) =>
    part === ''
      ? [whole, grouped(','), grouped('.'), grouped(' ')]
      : [
          `${whole}.${part}`,
          `${whole},${part}`,
          `${grouped(',')}.${part}`,
          `${grouped('.')},${part}`,
          `${grouped(' ')},${part}`,
        ],
  );
  return [...new Set([...written, text])];
}
