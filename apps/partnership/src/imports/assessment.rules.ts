import { createHash } from 'node:crypto';
import type { OpenPeriod } from '#contracts';
import type {
  ImportColumns,
  ImportCounts,
  ImportDefaults,
  ImportNote,
  ImportOutcome,
  ImportProblem,
  ImportVerdict,
  PartnershipKind,
  PartnershipStatus,
} from '#contracts/partnership';
import type { FieldNames } from './cell-words';
import type { CountryNames } from './country-names';
import type { GermanPlaces, RegisterPlace } from './german-places';
import { germanSide } from './german-side.rules';
import { PartnerPlaces, type PartnerSide, type PlaceKnowledge, type RecordedPartner } from './partner-side.rules';
import { type ImportRow, proposal, RowReading } from './row-reading';
import { type Terms, termsOf } from './terms.rules';

/** A partnership of exactly two municipalities, as it is recorded. */
export interface RecordedLink {
  readonly partnershipId: string;
  readonly caseNumber: string;
  readonly kind: PartnershipKind;
  readonly status: PartnershipStatus;
  readonly germanId: string;
  readonly partnerId: string;
  readonly period: OpenPeriod | null;
}

/** All that rows are compared with, as it is at one moment. */
export interface ImportFacts {
  readonly german: GermanPlaces;
  readonly countries: CountryNames;
  readonly fields: FieldNames;
  /** Recorded municipalities by their register key. */
  readonly germanIds: ReadonlyMap<string, string>;
  readonly partners: readonly RecordedPartner[];
  readonly links: readonly RecordedLink[];
  readonly places: PlaceKnowledge;
}

/** How the file is read. */
export interface ImportPlan {
  readonly columns: ImportColumns;
  readonly defaults: ImportDefaults;
}

export interface RowAssessment {
  readonly number: number;
  readonly verdict: ImportVerdict;
  readonly outcome: ImportOutcome;
  readonly duplicateOf: number | null;
  readonly partnershipId: string | null;
  readonly notes: readonly ImportNote[];
  readonly problems: readonly ImportProblem[];
  /** The same for all rows that mean the same partner municipality. */
  readonly partnerIdentity: string | null;
}

interface Pair {
  readonly german: RegisterPlace;
  readonly germanId: string | null;
  readonly partner: PartnerSide;
  readonly terms: Terms;
}

type Standing = Pick<RowAssessment, 'verdict' | 'duplicateOf' | 'partnershipId'>;
const NOTHING: ImportOutcome = { german: null, partner: null, partnership: null };
const standing = (verdict: ImportVerdict, rest: Partial<Standing> = {}): Standing => ({
  duplicateOf: null,
  partnershipId: null,
  ...rest,
  verdict,
});

/**
 * What each row comes to. The same rows, decisions and facts give the same report: what the report says is what the run does, since
 * the run does nothing but what this answers.
 */
export function assess(rows: readonly ImportRow[], plan: ImportPlan, facts: ImportFacts): RowAssessment[] {
  const partners = new PartnerPlaces(facts.partners, facts.countries, facts.places);
  const pairs = new PairsSoFar(facts.links);
  return rows.map((row) => {
    const leftOut = row.decisions.leaveOut !== undefined;
    if (leftOut) return skipped(row);
    const reading = new RowReading(row, plan.columns);
    const german = germanSide(reading, facts.german);
    const partner = partners.read(reading, row.number, plan.defaults.partnerKind);
    const terms = termsOf(reading, plan.defaults, facts.fields);
    const germanId = german ? (facts.germanIds.get(german.key) ?? null) : null;
    const isWhole = reading.problems.length === 0 && german && partner && terms;
    const found = isWhole
      ? pairs.place(reading, row.number, { german, germanId, partner, terms })
      : standing('NEEDS_DECISION');
    return {
      number: row.number,
      ...found,
      outcome: {
        german: german ? { key: german.key, name: german.name, municipalityId: germanId } : null,
        partner: partner ? partnerOutcome(partner) : null,
        partnership: terms ? partnershipOutcome(terms, reading.decided('another')) : null,
      },
      notes: reading.notes,
      problems: reading.problems,
      partnerIdentity: partner?.identity ?? null,
    };
  });
}

/** The pairs of municipalities that are recorded, and those that earlier rows bring. */
class PairsSoFar {
  private readonly recorded = new Map<string, RecordedLink[]>();
  private readonly earlier = new Map<string, { number: number; kind: PartnershipKind }[]>();

  constructor(links: readonly RecordedLink[]) {
    for (const link of links) {
      const pair = `${link.germanId} ${link.partnerId}`;
      this.recorded.set(pair, [...(this.recorded.get(pair) ?? []), link]);
    }
  }

  place(reading: RowReading, number: number, pair: Pair): Standing {
    const { kind } = pair.terms;
    const isAnother = reading.decided('another') !== undefined;
    const links = this.recorded.get(`${pair.germanId} ${pair.partner.municipalityId}`) ?? [];
    const same = links.find((link) => link.kind === kind && link.status !== 'ENDED');
    const rows = this.earlier.get(identityOf(pair)) ?? [];
    const first = rows.find((row) => row.kind === kind);
    if (!isAnother && same) {
      notePeriod(reading, pair, same);
      return this.taken(pair, number, standing('UNCHANGED', { partnershipId: same.partnershipId }));
    }
    if (!isAnother && first) return standing('DUPLICATE', { duplicateOf: first.number });
    const [other] = links;
    const [row] = rows;
    if (!isAnother && other) {
      const proposals = other.status === 'ENDED' ? [] : [proposal('kind', other.kind)];
      reading.refuse('another', 'OTHER_RECORDED', { about: other.caseNumber, proposals });
      return standing('NEEDS_DECISION', { partnershipId: other.partnershipId });
    }
    if (!isAnother && row) {
      reading.refuse('another', 'OTHER_IN_FILE', {
        about: String(row.number),
        proposals: [proposal('kind', row.kind)],
      });
      return standing('NEEDS_DECISION');
    }
    return this.taken(pair, number, standing('READY'));
  }

  private taken(pair: Pair, number: number, found: Standing): Standing {
    const identity = identityOf(pair);
    this.earlier.set(identity, [...(this.earlier.get(identity) ?? []), { number, kind: pair.terms.kind }]);
    return found;
  }
}

const identityOf = ({ german, partner }: Pair) => `${german.key} ${partner.identity}`;

/** What is recorded stays as it is; a file that says another period is no correction, but somebody may want to know. */
function notePeriod(reading: RowReading, { terms: { period } }: Pair, { period: recorded }: RecordedLink): void {
  if (period === null || (period.from === recorded?.from && period.to === recorded.to)) return;
  reading.note('from', 'PERIOD_DIFFERS', recorded ? `${recorded.from} – ${recorded.to ?? '…'}` : '–');
}

function skipped({ number }: ImportRow): RowAssessment {
  return {
    number,
    ...standing('SKIPPED'),
    outcome: NOTHING,
    notes: [],
    problems: [],
    partnerIdentity: null,
  };
}

function partnerOutcome({ name, country, kind, municipalityId }: PartnerSide): NonNullable<ImportOutcome['partner']> {
  return { name, country, kind, municipalityId };
}

function partnershipOutcome(
  { kind, languages, fieldsOfAction, period }: Terms,
  duplicateReason: string | undefined,
): NonNullable<ImportOutcome['partnership']> {
  return {
    kind,
    languages: [...languages],
    fieldsOfAction: [...fieldsOfAction],
    period,
    duplicateReason: duplicateReason ?? null,
  };
}

/** Two reports with the same hash say the same of every row. */
export function reportHash(report: readonly RowAssessment[]): string {
  const hash = createHash('sha256');
  for (const row of report) hash.update(rowText(row));
  return hash.digest('hex');
}

/** All that is said of a row, in one order. */
export function rowText({
  number,
  verdict,
  outcome,
  duplicateOf,
  partnershipId,
  notes,
  problems,
}: RowAssessment): string {
  return JSON.stringify([number, verdict, outcome, duplicateOf, partnershipId, notes, problems]);
}

export function countsOf(report: readonly RowAssessment[]): ImportCounts {
  const having = (verdict: ImportVerdict) => report.filter((row) => row.verdict === verdict).length;
  const ready = report.filter(({ verdict }) => verdict === 'READY');
  return {
    ready: ready.length,
    unchanged: having('UNCHANGED'),
    duplicate: having('DUPLICATE'),
    needsDecision: having('NEEDS_DECISION'),
    skipped: having('SKIPPED'),
    made: 0,
    leftOut: 0,
    germanMunicipalities: new Set(
      ready.flatMap(({ outcome: { german } }) => (german && german.municipalityId === null ? german.key : [])),
    ).size,
    partnerMunicipalities: new Set(
      ready.flatMap(({ outcome: { partner }, partnerIdentity }) =>
        partner && partner.municipalityId === null ? partnerIdentity : [],
      ),
    ).size,
  };
}
