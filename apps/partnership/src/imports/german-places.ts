import type { RegisterKind } from '#contracts/partnership';
import { NameIndex, plain, wordsOf } from './spelling';

/** A row of the official register, as far as a file can mean it. */
export interface RegisterPlace {
  readonly key: string;
  readonly regionalKey: string | null;
  readonly kind: RegisterKind;
  readonly name: string;
  readonly designation: string;
  readonly landName: string;
  readonly population: number;
  /** The municipality that a district is the same body as. */
  readonly sameAs: string | null;
}

const DISTRICT = new Set(['landkreis', 'lk', 'lkr', 'kreis']);
const TOWN = new Set(['stadt', 'hansestadt', 'landeshauptstadt', 'universitatsstadt', 'gemeinde', 'markt']);
/** Long forms of what names in the register shorten: "in der Oberpfalz" is "i.d.OPf.". */
const SHORT: Readonly<Record<string, string>> = {
  in: 'i',
  im: 'i',
  an: 'a',
  am: 'a',
  der: 'd',
  dem: 'd',
  bei: 'b',
  vor: 'v',
  oberpfalz: 'opf',
  oberbayern: 'obb',
  niederbayern: 'ndb',
  schwaben: 'schw',
};
const ALIKE_MIN = 0.4;
const SHOWN = 5;

interface Asked {
  readonly words: readonly string[];
  readonly kind: 'DISTRICT' | 'TOWN' | undefined;
}

/** What a name says without the designation in front of or behind it. */
function askedOf(text: string): Asked {
  const words = wordsOf(text.split(',')[0] ?? '').map((word) => SHORT[word] ?? word);
  const [first = ''] = words;
  if (words.length > 1 && DISTRICT.has(first)) return { words: words.slice(1), kind: 'DISTRICT' };
  if (words.length > 1 && TOWN.has(first)) return { words: words.slice(1), kind: 'TOWN' };
  return { words, kind: undefined };
}

const spellingOf = ({ words }: Asked) => words.join(' ');

/** Whether one name is the other, or begins with all words of it: "Freiburg" and "Freiburg im Breisgau". */
function begins(longer: readonly string[], shorter: readonly string[]): boolean {
  return shorter.length > 0 && shorter.every((word, index) => word === longer[index]);
}

/** The official register as a file is compared with it. */
export class GermanPlaces {
  private readonly byKey = new Map<string, RegisterPlace>();
  private readonly byRegionalKey = new Map<string, RegisterPlace>();
  private readonly names = new NameIndex<RegisterPlace>();
  private readonly byFirstWord = new Map<string, RegisterPlace[]>();

  constructor(places: readonly RegisterPlace[]) {
    for (const place of places) {
      this.byKey.set(place.key, place);
      if (place.regionalKey) this.byRegionalKey.set(place.regionalKey, place);
      // A city that is its own district is found once, as the city.
      if (place.sameAs !== null || place.kind === 'UNINCORPORATED_AREA') continue;
      const asked = askedOf(place.name);
      this.names.add(spellingOf(asked), place);
      const [first = ''] = asked.words;
      this.byFirstWord.set(first, [...(this.byFirstWord.get(first) ?? []), place]);
    }
  }

  /** By AGS or district key; a city that is its own district is answered by its AGS. */
  ofKey(key: string): RegisterPlace | undefined {
    const place = this.byKey.get(key);
    return place?.sameAs ? (this.byKey.get(place.sameAs) ?? place) : place;
  }

  ofRegionalKey(key: string): RegisterPlace | undefined {
    return this.byRegionalKey.get(key);
  }

  /**
   * The one place that a name means without doubt: its very name, which no other place has and with which no larger one begins.
   * "Weil" might be Weil am Rhein.
   */
  ofName(name: string): RegisterPlace | undefined {
    const asked = askedOf(name);
    const exact = this.names.exact(spellingOf(asked)).filter((place) => isOf(place, asked));
    const [only] = exact;
    if (!only || exact.length > 1) return undefined;
    const rivals = this.beginning(asked).filter((place) => place.population > only.population && isOf(place, asked));
    return rivals.length === 0 ? only : undefined;
  }

  /** Whether a name in a file is a way of writing the name of this place. */
  isName(name: string, place: RegisterPlace): 'SAME' | 'ALIKE' | 'OTHER' {
    const asked = askedOf(name);
    const official = askedOf(place.name);
    if (asked.kind === 'DISTRICT' && place.kind !== 'DISTRICT' && !/kreisfrei|Stadtkreis/i.test(place.designation))
      return 'OTHER';
    if (plain(name) === plain(place.name)) return 'SAME';
    if (begins(official.words, asked.words) || begins(asked.words, official.words)) return 'SAME';
    const index = new NameIndex<RegisterPlace>();
    index.add(spellingOf(official), place);
    return index.alike(spellingOf(asked), 0.5).length > 0 ? 'ALIKE' : 'OTHER';
  }

  /** What a name may mean, the likeliest first; among equals towns before districts and the larger place. */
  alike(name: string): RegisterPlace[] {
    const asked = askedOf(name);
    const likeness = new Map<RegisterPlace, number>();
    for (const place of this.beginning(asked)) likeness.set(place, 0.95);
    for (const { item, likeness: found } of this.names.alike(spellingOf(asked), ALIKE_MIN))
      likeness.set(item, Math.max(found, likeness.get(item) ?? 0));
    return [...likeness]
      .filter(([place]) => isOf(place, asked))
      .sort(
        ([a, alikeA], [b, alikeB]) =>
          Math.round(10 * (alikeB - alikeA)) || rank(a) - rank(b) || b.population - a.population,
      )
      .slice(0, SHOWN)
      .map(([place]) => place);
  }

  private beginning({ words }: Asked): RegisterPlace[] {
    return (this.byFirstWord.get(words[0] ?? '') ?? []).filter((place) => begins(askedOf(place.name).words, words));
  }
}

function isOf(place: RegisterPlace, { kind }: Asked): boolean {
  return kind === undefined || (kind === 'DISTRICT') === (place.kind === 'DISTRICT');
}

function rank({ kind }: RegisterPlace): number {
  return kind === 'DISTRICT' ? 1 : 0;
}
