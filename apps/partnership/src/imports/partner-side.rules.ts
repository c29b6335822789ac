import {
  type ImportProposal,
  type MunicipalityKind,
  MunicipalityKind as Kinds,
  NEW_PARTNER,
} from '#contracts/partnership';
import { kindInName, readMunicipalityKind } from './cell-words';
import type { CountryNames } from './country-names';
import { proposal, type RowReading } from './row-reading';
import { NameIndex, plain, wordsOf } from './spelling';

/** A recorded municipality of the partner side. */
export interface RecordedPartner {
  readonly id: string;
  readonly country: string;
  readonly kind: MunicipalityKind;
  readonly name: string;
  /** In the local script and in Latin letters, too. */
  readonly names: readonly string[];
}

/** Where places of a name are known; beyond what is recorded. */
export type PlaceKnowledge = (name: string) => readonly string[];

export interface PartnerSide {
  readonly name: string;
  readonly country: string;
  readonly kind: MunicipalityKind;
  /** Null for one that the run would record. */
  readonly municipalityId: string | null;
  /** The same for all rows that mean the same municipality. */
  readonly identity: string;
}

interface Newcomer extends PartnerSide {
  readonly row: number;
}

const ALIKE_MIN = 0.45;
const SHOWN = 5;
/** What is put before or behind the name of a town, or left out. */
const DESIGNATIONS = new Set(
  'stadt city town municipality municipal commune ville gemeinde municipio municipalidad ciudad district distrikt distrito de of the'.split(
    ' ',
  ),
);

/** A name without what only says that it is a town. */
function core(name: string): string {
  const words = wordsOf(name);
  const own = words.filter((word) => !DESIGNATIONS.has(word)).map((word) => word.replace(/(?<=.{3})stadt$/, ''));
  return own.join(' ') || words.join(' ');
}

/** Names of one country: as they are written, and without designations. */
class NamesOfCountry<T> {
  private readonly names = new NameIndex<T>();
  private readonly cores = new NameIndex<T>();

  add(name: string, item: T): void {
    this.names.add(name, item);
    this.cores.add(core(name), item);
  }

  exact(name: string): T[] {
    return [...new Set(this.names.exact(name))];
  }

  /** Those that may be the same under another name, the likeliest first. */
  alike(name: string): T[] {
    const likely = this.names.alike(name, ALIKE_MIN).map(({ item }) => item);
    return [...new Set([...this.cores.exact(core(name)), ...likely])];
  }
}

/** The partner side of a file: what is recorded, and what the rows so far bring. */
export class PartnerPlaces {
  private readonly byId: ReadonlyMap<string, RecordedPartner>;
  private readonly recorded = new Map<string, NamesOfCountry<RecordedPartner>>();
  private readonly newcomers = new Map<string, NamesOfCountry<Newcomer>>();
  private readonly everywhere = new NameIndex<string>();

  constructor(
    partners: readonly RecordedPartner[],
    private readonly countries: CountryNames,
    private readonly known: PlaceKnowledge,
  ) {
    this.byId = new Map(partners.map((partner) => [partner.id, partner]));
    for (const partner of partners) {
      const spellings = new Map(partner.names.map((name) => [plain(name), name]));
      for (const name of spellings.values()) {
        indexOf(this.recorded, partner.country).add(name, partner);
        this.everywhere.add(name, partner.country);
      }
    }
  }

  /** The municipality that a row means; undefined where a person has to say so. */
  read(reading: RowReading, row: number, kindOtherwise: MunicipalityKind): PartnerSide | undefined {
    const name = reading.text('partnerName');
    const country = this.country(reading, name ?? '');
    const kind = kindOf(reading, name ?? '', kindOtherwise);
    if (name === undefined || country === undefined) return undefined;
    if (name === '') return reading.refuse('partnerName', 'MISSING', {});
    const decided = this.byId.get(reading.decided('partner') ?? '');
    if (decided) return sideOf(decided);
    if (reading.decided('partner') !== NEW_PARTNER) {
      const recorded = this.recordedOf(reading, name, country);
      if (recorded !== 'NONE') return recorded;
    }
    return kind && this.newcomer(reading, { name, country, kind, row });
  }

  private country(reading: RowReading, name: string): string | undefined {
    const text = reading.text('country');
    if (text === undefined) return undefined;
    const elsewhere = this.countriesOf(name);
    const proposals = (codes: readonly string[]) =>
      [...new Set(codes)]
        .filter((code) => code !== 'DE')
        .slice(0, SHOWN)
        .map((code) => proposal('country', code));
    if (text === '') return reading.refuse('country', 'MISSING', { proposals: proposals(elsewhere) });
    const code = this.countries.read(text);
    if (code === undefined) {
      const likely = [...this.countries.alike(text), ...elsewhere];
      return reading.refuse('country', 'COUNTRY_UNKNOWN', { proposals: proposals(likely) });
    }
    if (code === 'DE') return reading.refuse('country', 'COUNTRY_GERMANY', { proposals: proposals(elsewhere) });
    const isDecided = reading.decided('country') !== undefined || reading.decided('partner') !== undefined;
    if (isDecided || elsewhere.length === 0 || elsewhere.includes(code)) return code;
    return reading.refuse('country', 'COUNTRY_OTHER', { about: name, proposals: proposals([...elsewhere, code]) });
  }

  private countriesOf(name: string): string[] {
    if (plain(name) === '') return [];
    return [...new Set([...this.everywhere.exact(name), ...this.known(name)])];
  }

  private recordedOf(reading: RowReading, name: string, country: string): PartnerSide | 'NONE' | undefined {
    const index = indexOf(this.recorded, country);
    const [exact, ...others] = index.exact(name);
    if (exact && others.length === 0) {
      reading.note('partnerName', 'PARTNER_RECORDED', exact.name);
      return sideOf(exact);
    }
    const alike = exact ? [exact, ...others] : index.alike(name);
    const [first] = alike;
    if (!first) return 'NONE';
    const proposals = alike
      .slice(0, SHOWN)
      .map((it) => proposal('partner', it.id, { label: it.name, detail: it.country }));
    return reading.refuse('partnerName', 'PARTNER_ALIKE', { about: first.name, proposals: [...proposals, another()] });
  }

  /** One that is not recorded: the one that an earlier row brings, if it is written alike, or a new one. */
  private newcomer(
    reading: RowReading,
    { name, country, kind, row }: Pick<Newcomer, 'name' | 'country' | 'kind' | 'row'>,
  ): PartnerSide | undefined {
    const index = indexOf(this.newcomers, country);
    const [earlier] = index.exact(name);
    if (earlier) {
      if (earlier.name !== name) reading.note('partnerName', 'SPELLED_AS_ROW', `${earlier.name} (${earlier.row})`);
      return earlier;
    }
    const [alike] = index.alike(name);
    if (alike && reading.decided('partner') !== NEW_PARTNER) {
      return reading.refuse('partnerName', 'ROW_ALIKE', {
        about: `${alike.name} (${alike.row})`,
        proposals: [proposal('partnerName', alike.name), another()],
      });
    }
    const made = { name, country, kind, row, municipalityId: null, identity: `${country} ${plain(name) || name}` };
    index.add(name, made);
    return made;
  }
}

const another = (): ImportProposal => proposal('partner', NEW_PARTNER);

function sideOf({ id, name, country, kind }: RecordedPartner): PartnerSide {
  return { name, country, kind, municipalityId: id, identity: id };
}

function kindOf(reading: RowReading, name: string, otherwise: MunicipalityKind): MunicipalityKind | undefined {
  const text = reading.text('partnerKind');
  if (text === undefined) return undefined;
  if (text !== '') {
    const kind = readMunicipalityKind(text);
    if (kind) return kind;
    const proposals = Kinds.options.map((each) => proposal('partnerKind', each));
    return reading.refuse('partnerKind', 'KIND_UNKNOWN', { proposals });
  }
  const named = kindInName(name);
  if (named === undefined || named === otherwise) return otherwise;
  reading.note('partnerName', 'KIND_FROM_NAME', named);
  return named;
}

function indexOf<T>(indexes: Map<string, NamesOfCountry<T>>, country: string): NamesOfCountry<T> {
  const known = indexes.get(country);
  if (known) return known;
  const index = new NamesOfCountry<T>();
  indexes.set(country, index);
  return index;
}
