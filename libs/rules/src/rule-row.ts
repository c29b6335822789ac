import { Day, type RuleMark } from '#contracts';

/** A dated row: what holds for a key of a set from a day on, up to but without another. */
export interface RuleRow {
  readonly ruleSet: string;
  readonly key: string;
  /** How plans, deadlines and evidence name it. */
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  readonly mark: RuleMark;
}

type Validity = Pick<RuleRow, 'validFrom' | 'validTo'>;

export function isInForce({ validFrom, validTo }: Validity, day: string): boolean {
  return validFrom <= day && (validTo === null || day < validTo);
}

/** Lays a confirmed row over those of its key: for its days it takes their place, before and after them they hold on. */
export function overlay<Row extends RuleRow>(rows: readonly Row[], own: Row): Row[] {
  const isSame = (row: Row) => row.ruleSet === own.ruleSet && row.key === own.key;
  return [...rows.flatMap((row) => (isSame(row) ? withoutDaysOf(row, own) : [row])), own];
}

function withoutDaysOf<Row extends RuleRow>(row: Row, { validFrom, validTo }: Validity): Row[] {
  const before = { ...row, validTo: earlier(row.validTo, validFrom) };
  const after = validTo === null ? undefined : { ...row, validFrom: row.validFrom > validTo ? row.validFrom : validTo };
  return [before, after].filter((part) => part !== undefined && isSome(part)) as Row[];
}

function earlier(one: string | null, other: string): string {
  return one !== null && one < other ? one : other;
}

function isSome({ validFrom, validTo }: Validity): boolean {
  return validTo === null || validFrom < validTo;
}

/** The name of a row that was given none. */
export function nameOf({ ruleSet, key, validFrom }: Pick<RuleRow, 'ruleSet' | 'key' | 'validFrom'>): string {
  return `${ruleSet}-${key}-${Day.parse(validFrom)}`.toUpperCase().replaceAll('_', '-');
}
