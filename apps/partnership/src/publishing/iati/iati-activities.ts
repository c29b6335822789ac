import XMLBuilder from 'fast-xml-builder';
import { formatMinor } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { Portfolio, PublicAssignment, PublicPartnership, PublicTown } from '../portfolio';
import { lastDayOfQuarter, type MoneyPlace, type PublicSum } from '../public-money';
import { dayBefore } from '../public-days';
import { countryName, type Words } from '../public-names';
import type { PublicResult } from '../public-results';
import { fieldsInWords, type IatiCodes, sectorsOf, tagsOf } from './iati-codes';
import { iatiResult } from './iati-results';

/** Who publishes, and whose money it is: references to organisations as IATI knows them. */
export interface Publisher {
  readonly ref: string;
  readonly name: string;
  /** Code of the list OrganisationType. */
  readonly type: string;
}

export interface IatiContext {
  readonly publisher: Publisher;
  readonly codes: IatiCodes;
  /** When the edition was made, an instant. */
  readonly madeAt: string;
}

type Element = Readonly<Record<string, unknown>>;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  indentBy: ' ',
  suppressEmptyNode: true,
});

/** The ministry whose money the fund spends; its code is that of the OECD list of donors. */
const FUNDER: Publisher = {
  ref: 'DE-1',
  name: 'Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung (BMZ)',
  type: '10',
};
const LOCAL_GOVERNMENT = '11';
const ROLE = { funding: '1', accountable: '2', implementing: '4' } as const;
/** Codes of the list CRSChannelCode: a local government of the donor, and of the recipient. */
const CHANNEL = { DE: '11002', PARTNER: '12002' } as const;
const TRANSACTION = { COMMITMENT: '2', DISBURSEMENT: '3' } as const;
const DATE = { plannedStart: '1', actualStart: '2', plannedEnd: '3', actualEnd: '4' } as const;
/** Developing countries, unspecified. */
const ALL_REGIONS = '998';
const MULTISECTOR = '43010';
const AID_TYPES: Readonly<Record<Instrument, string>> = {
  INTEGRATED_EXPERT: 'D01',
  DEVELOPMENT_WORKER: 'D01',
  LOCAL_EXPERT: 'D02',
};
const INSTRUMENTS: Readonly<Record<Instrument, Words>> = {
  INTEGRATED_EXPERT: { de: 'Integrierte Fachkraft', en: 'Integrated expert' },
  DEVELOPMENT_WORKER: { de: 'Entwicklungshelferin oder Entwicklungshelfer', en: 'Development worker' },
  LOCAL_EXPERT: { de: 'Lokale Fachkraft', en: 'Local expert' },
};
const ASSIGNMENT_STATUS = { CONFIRMED: '1', ACTIVE: '2', ENDED: '4', CANCELLED: '5', INTERRUPTED: '6' } as const;
const PARTNERSHIP_STATUS = { ACTIVE: '2', DORMANT: '6', ENDED: '4' } as const;

/** Stands for the fund where an activity is looked for by its partnership. */
const FUND = 'fund';

/** How many activities are written and checked at once. */
const BATCH = 50;

/**
 * The activities of a portfolio as IATI 2.03, in parts that make one file: the fund (hierarchy 1), partnerships and countries (2),
 * assignments (3). Money stands where its sum may be told. The same portfolio gives the same bytes. Source: docs/domain.md#publishing.
 */
export function* iatiParts(portfolio: Portfolio, context: IatiContext): Generator<string> {
  yield opening(context);
  const activities = iatiActivities(portfolio, context);
  for (let start = 0; start < activities.length; start += BATCH)
    yield builder.build({ 'iati-activity': activities.slice(start, start + BATCH) });
  yield CLOSING;
}

export function opening({ madeAt }: Pick<IatiContext, 'madeAt'>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" generated-datetime="${madeAt}">\n`;
}
export const CLOSING = '</iati-activities>\n';

function iatiActivities(portfolio: Portfolio, context: IatiContext): Element[] {
  const writer = new ActivityWriter(portfolio, context);
  const countries = new Set(portfolio.sums.flatMap(({ place }) => (place.level === 'COUNTRY' ? [place.id] : [])));
  return [
    writer.fund(),
    ...[...countries].sort().map((country) => writer.country(country)),
    ...portfolio.partnerships.map((each) => writer.partnership(each)),
    ...portfolio.assignments.map((each) => writer.assignment(each)),
  ];
}

class ActivityWriter {
  private readonly sums: ReadonlyMap<string, readonly PublicSum[]>;
  /** By the activity that tells them: that of their only partnership, else the fund's, so that each is told once. */
  private readonly results: ReadonlyMap<string, readonly PublicResult[]>;

  constructor(
    private readonly portfolio: Portfolio,
    private readonly context: IatiContext,
  ) {
    this.sums = Map.groupBy(portfolio.sums, ({ place }) => `${place.level} ${place.id}`);
    this.results = Map.groupBy(portfolio.results, ({ partnershipIds: [only = FUND, ...others] }) =>
      others.length > 0 ? FUND : only,
    );
  }

  fund(): Element {
    const from = this.firstDay();
    return this.activity({
      identifier: this.identifier('FUND'),
      hierarchy: 1,
      title: {
        de: 'Fachkräftefonds für kommunale Partnerschaften weltweit',
        en: 'Expert fund for municipal partnerships worldwide',
      },
      description: {
        de: 'Der Fonds entsendet und finanziert Fachkräfte für Kommunen, die eine Partnerschaft mit einer deutschen Kommune haben. Beträge stehen hier, soweit sie nicht bei einer Partnerschaft oder einem Land veröffentlicht werden können.',
        en: 'The fund sends and finances experts for municipalities that have a partnership with a German one. Amounts stand here as far as they cannot be published with a partnership or a country.',
      },
      orgs: [this.implementing()],
      status: '2',
      dates: [[DATE.actualStart, from]],
      place: { 'recipient-region': { '@code': ALL_REGIONS, '@vocabulary': '1' } },
      sector: [{ '@vocabulary': '1', '@code': MULTISECTOR }],
      tag: [],
      aidType: 'D01',
      transaction: this.transactions({ level: 'FUND', id: 'fund' }),
      related: [],
      result: this.resultsOf(FUND),
    });
  }

  country(code: string): Element {
    const name = countryName(code);
    return this.activity({
      identifier: this.identifier(`COUNTRY-${code}`),
      hierarchy: 2,
      title: { de: `Fachkräftefonds in ${name.de}`, en: `Expert fund in ${name.en}` },
      description: {
        de: 'Beträge mehrerer Partnerschaften dieses Landes, die einzeln nicht veröffentlicht werden können.',
        en: 'Amounts of several partnerships of this country that cannot be published one by one.',
      },
      orgs: [this.implementing()],
      status: '2',
      dates: [[DATE.actualStart, this.firstDay()]],
      place: { 'recipient-country': { '@code': code } },
      sector: [{ '@vocabulary': '1', '@code': MULTISECTOR }],
      tag: [],
      aidType: 'D01',
      transaction: this.transactions({ level: 'COUNTRY', id: code }),
      related: [this.parent('FUND')],
      result: [],
    });
  }

  partnership(it: PublicPartnership): Element {
    const { codes } = this.context;
    const from = it.from ?? it.statusSince;
    const names = townsInWords(it.towns);
    const end = it.status === 'ENDED' ? it.statusSince : null;
    return this.activity({
      identifier: this.identifier(it.caseNumber),
      hierarchy: 2,
      title: { de: `Partnerschaft ${names.de}`, en: `Partnership ${names.en}` },
      description: {
        de: `Kommunale Partnerschaft ${names.de}. Handlungsfelder: ${fieldsInWords(it.fields, codes).de}.`,
        en: `Municipal partnership ${names.en}. Fields of action: ${fieldsInWords(it.fields, codes).en}.`,
      },
      orgs: it.towns.map((town) => this.town(town)),
      status: PARTNERSHIP_STATUS[it.status],
      dates: [
        [this.isPast(from) ? DATE.actualStart : DATE.plannedStart, from],
        [DATE.plannedEnd, it.to && dayBefore(it.to)],
        [DATE.actualEnd, end && end > from ? end : null],
      ],
      place: this.placeOf(it.towns),
      sector: sectorsOf(it.fields, codes),
      tag: tagsOf(it.fields, codes),
      aidType: 'D01',
      transaction: this.transactions({ level: 'PARTNERSHIP', id: it.id }),
      related: [this.parent('FUND')],
      result: this.resultsOf(it.id),
    });
  }

  assignment(it: PublicAssignment): Element {
    const { codes } = this.context;
    const words = INSTRUMENTS[it.instrument];
    const place = it.town ? townInWords(it.town) : countryName(it.country);
    const started = it.departedOn !== null && this.isPast(it.departedOn) ? it.departedOn : null;
    const last = it.endedOn && dayBefore(it.endedOn);
    const parents = it.partnershipIds.flatMap((id) => this.portfolio.partnerships.find((each) => each.id === id) ?? []);
    return this.activity({
      identifier: this.identifier(`A-${it.id}`),
      hierarchy: 3,
      title: { de: `${words.de} in ${place.de}`, en: `${words.en} in ${place.en}` },
      description: {
        de: `Einsatz einer Fachkraft (${words.de}) in ${place.de}.`,
        en: `Assignment of an expert (${words.en.toLowerCase()}) in ${place.en}.`,
      },
      orgs: it.town ? [this.town(it.town)] : [this.implementing()],
      status: ASSIGNMENT_STATUS[it.status],
      dates: [
        [DATE.plannedStart, it.from],
        [DATE.actualStart, started],
        [DATE.plannedEnd, dayBefore(it.to) > it.from ? dayBefore(it.to) : null],
        [DATE.actualEnd, last && started && last > started && this.isPast(last) ? last : null],
      ],
      place: { 'recipient-country': { '@code': it.country }, ...locationOf(it.town) },
      sector: sectorsOf(it.fields, codes),
      tag: tagsOf(it.fields, codes),
      aidType: AID_TYPES[it.instrument],
      transaction: [],
      related: parents.length > 0 ? parents.map(({ caseNumber }) => this.parent(caseNumber)) : [this.parent('FUND')],
      result: [],
    });
  }

  private activity(it: Activity): Element {
    const { publisher, madeAt } = this.context;
    return {
      '@last-updated-datetime': madeAt,
      '@xml:lang': 'de',
      '@default-currency': 'EUR',
      '@hierarchy': String(it.hierarchy),
      '@humanitarian': '0',
      'iati-identifier': it.identifier,
      'reporting-org': { '@ref': publisher.ref, '@type': publisher.type, narrative: publisher.name },
      title: { narrative: inTwo(it.title) },
      description: { '@type': '1', narrative: inTwo(it.description) },
      'participating-org': [
        { '@ref': FUNDER.ref, '@type': FUNDER.type, '@role': ROLE.funding, narrative: FUNDER.name },
        { '@ref': FUNDER.ref, '@type': FUNDER.type, '@role': ROLE.accountable, narrative: FUNDER.name },
        ...it.orgs,
      ],
      'activity-status': { '@code': it.status },
      'activity-date': it.dates.flatMap(([type, day]) => (day ? [{ '@iso-date': day, '@type': type }] : [])),
      ...it.place,
      sector: it.sector,
      ...(it.tag.length > 0 ? { tag: it.tag } : {}),
      'collaboration-type': { '@code': '1' },
      'default-flow-type': { '@code': '10' },
      'default-finance-type': { '@code': '110' },
      'default-aid-type': { '@code': it.aidType },
      'default-tied-status': { '@code': '5' },
      ...(it.transaction.length > 0 ? { transaction: it.transaction } : {}),
      ...(it.related.length > 0 ? { 'related-activity': it.related } : {}),
      ...(it.result.length > 0 ? { result: it.result } : {}),
    };
  }

  private transactions({ level, id }: MoneyPlace): Element[] {
    return (this.sums.get(`${level} ${id}`) ?? []).map(({ kind, quarter, currency, minor, assignments }) => {
      const day = lastDayOfQuarter(quarter);
      return {
        'transaction-type': { '@code': TRANSACTION[kind] },
        'transaction-date': { '@iso-date': day },
        value: { '@currency': currency, '@value-date': day, '#': formatMinor(minor, currency) },
        description: {
          narrative: inTwo({
            de: `Summe aus ${assignments} Einsätzen, ${quarter}`,
            en: `Sum of ${assignments} assignments, ${quarter}`,
          }),
        },
        'provider-org': { '@ref': FUNDER.ref, '@type': FUNDER.type, narrative: FUNDER.name },
      };
    });
  }

  private resultsOf(activity: string): Element[] {
    const caseNumbers = new Map(this.portfolio.partnerships.map(({ id, caseNumber }) => [id, caseNumber]));
    return (this.results.get(activity) ?? []).map((result) =>
      iatiResult(
        result,
        result.partnershipIds.flatMap((id) => caseNumbers.get(id) ?? []),
      ),
    );
  }

  private placeOf(towns: readonly PublicTown[]): Element {
    const abroad = towns.filter(({ side }) => side === 'PARTNER');
    const countries = [...new Set(abroad.map(({ country }) => country))];
    const percents = shares(countries.length);
    const recipients = countries.map((code, index) => ({
      '@code': code,
      ...(countries.length > 1 ? { '@percentage': percents[index] } : {}),
    }));
    const locations = abroad.flatMap((town) => locationOf(town).location ?? []);
    if (recipients.length === 0) return { 'recipient-region': { '@code': ALL_REGIONS, '@vocabulary': '1' } };
    return { 'recipient-country': recipients, ...(locations.length > 0 ? { location: locations } : {}) };
  }

  private town(town: PublicTown): Element {
    const name = town.isNamed ? { de: town.name, en: town.name } : unnamed(town.country);
    return {
      '@type': LOCAL_GOVERNMENT,
      '@role': ROLE.implementing,
      '@crs-channel-code': CHANNEL[town.side],
      narrative: inTwo(name),
    };
  }

  private implementing(): Element {
    const { ref, type, name } = this.context.publisher;
    return { '@ref': ref, '@type': type, '@role': ROLE.implementing, narrative: name };
  }

  private identifier(local: string): string {
    return `${this.context.publisher.ref}-FKF-${local}`;
  }

  private parent(local: string): Element {
    return { '@ref': this.identifier(local), '@type': '1' };
  }

  private isPast(day: string): boolean {
    return day <= this.portfolio.asOf;
  }

  /** The fund's own beginning is not recorded: the first day of what is published stands for it. */
  private firstDay(): string {
    const { assignments, asOf } = this.portfolio;
    return assignments.reduce((first, { from }) => (from < first ? from : first), `${asOf.slice(0, 4)}-01-01`);
  }
}

interface Activity {
  readonly identifier: string;
  readonly hierarchy: 1 | 2 | 3;
  readonly title: Words;
  readonly description: Words;
  readonly orgs: readonly Element[];
  readonly status: string;
  readonly dates: readonly (readonly [type: string, day: string | null])[];
  readonly place: Element;
  readonly sector: readonly Element[];
  readonly tag: readonly Element[];
  readonly aidType: string;
  readonly transaction: readonly Element[];
  readonly related: readonly Element[];
  readonly result: readonly Element[];
}

/** Whole percents that add up to 100. */
function shares(count: number): number[] {
  const each = Math.floor(100 / Math.max(count, 1));
  return Array.from({ length: count }, (_, index) => (index === 0 ? 100 - each * (count - 1) : each));
}

function inTwo({ de, en }: Words): unknown[] {
  return [de, { '#': en, '@xml:lang': 'en' }];
}

function locationOf(town: PublicTown | null): { readonly location?: Element } {
  if (!town?.isNamed) return {};
  const { geonamesId, name, latitude, longitude } = town;
  return {
    location: {
      ...(geonamesId === null ? {} : { 'location-id': { '@vocabulary': 'G1', '@code': geonamesId } }),
      name: { narrative: name },
      ...(latitude === null || longitude === null
        ? {}
        : {
            point: {
              '@srsName': 'http://www.opengis.net/def/crs/EPSG/0/4326',
              pos: `${latitude.toFixed(2)} ${longitude.toFixed(2)}`,
            },
          }),
    },
  };
}

function townInWords(town: PublicTown): Words {
  const country = countryName(town.country);
  if (!town.isNamed) return unnamed(town.country);
  return { de: `${town.name} (${country.de})`, en: `${town.name} (${country.en})` };
}

function unnamed(country: string): Words {
  const name = countryName(country);
  return { de: `eine Kommune (${name.de})`, en: `a municipality (${name.en})` };
}

function townsInWords(towns: readonly PublicTown[]): Words {
  const words = towns.map(townInWords);
  return { de: words.map(({ de }) => de).join(' – '), en: words.map(({ en }) => en).join(' – ') };
}
