import { parse } from 'csv-parse/sync';
import { Day } from '#contracts';
import { StartUpFault } from '#platform';
import { type RuleRow, nameOf } from './rule-row';
import { keyOf, type RuleFile } from './rule-set';

const COLUMNS = ['rule_set', 'key', 'value', 'unit', 'valid_from', 'valid_to', 'mark', 'name', 'source'] as const;
type Columns = Readonly<Record<(typeof COLUMNS)[number], string>>;

const MARKS = ['FOUND', 'GENERAL_KNOWLEDGE', 'PROPOSAL'] as const;
const SOURCE_MIN = 15;
const SOURCE_MAX = 700;
const FAULTS_SHOWN = 20;

interface Line {
  readonly number: number;
  readonly row: RuleRow;
}

/**
 * The rows of a shipped file. Refuses what the declaration does not know, a value or unit of another form, a row without source or
 * mark, two rows of a key that hold on the same day, and days between two rows of a key on which none holds: all with their lines.
 */
export function readRuleFile(file: RuleFile, text: string): RuleRow[] {
  const faults: string[] = [];
  const say = (number: number, fault: string) => faults.push(`${file.path}:${number}: ${fault}`);
  const lines = linesOf(file, text).flatMap(({ number, columns }) => {
    const found = faultsIn(file, columns);
    for (const fault of found) say(number, fault);
    return found.length === 0 ? [{ number, row: rowOf(columns) }] : [];
  });
  const byKey = Map.groupBy(lines, ({ row }) => `${row.ruleSet} ${row.key}`);
  for (const same of byKey.values()) refuseBadDays(file, same, say);
  refuseRepeatedNames(lines, say);
  const isThere = (set: string, key: string) => byKey.has(`${set} ${key}`);
  for (const fault of faults.length === 0 ? missingIn(file, isThere) : []) say(1, fault);
  if (faults.length > 0) throw new StartUpFault(faults.slice(0, FAULTS_SHOWN).join('\n'));
  return lines.map(({ row }) => row);
}

function linesOf({ path }: RuleFile, text: string): { number: number; columns: Columns }[] {
  const rows = parse(text, { columns: true, skip_empty_lines: true, info: true }) as unknown as {
    record: Columns;
    info: { lines: number };
  }[];
  const [header = []]: string[][] = parse(text, { to_line: 1 });
  const wrong = COLUMNS.filter((column) => !header.includes(column));
  if (wrong.length > 0) throw new StartUpFault(`${path}:1: there is no column ${wrong.join(', ')}`);
  return rows.map(({ record, info }) => ({ number: info.lines, columns: record }));
}

function faultsIn(file: RuleFile, line: Columns): string[] {
  const set = file.sets.find(({ name }) => name === line.rule_set);
  if (!set) return [`there is no rule set ${line.rule_set}`];
  const key = keyOf(set, line.key);
  if (!key) return [`${set.name} has no key ${line.key}`];
  const { error } = key.value.safeParse(line.value);
  const days = [line.valid_from, line.valid_to].filter((day) => day !== '');
  return [
    ...(error ? [`${line.key} cannot be "${line.value}": ${error.issues[0]?.message ?? 'it has another form'}`] : []),
    ...(key.units.includes(line.unit) ? [] : [`${line.key} is not in ${line.unit}, but in ${key.units.join(' or ')}`]),
    ...days.filter((day) => !Day.safeParse(day).success).map((day) => `"${day}" is no day`),
    ...(line.valid_from === '' ? ['there is no first day (valid_from)'] : []),
    ...(line.valid_to !== '' && line.valid_to <= line.valid_from ? ['it ends before it begins'] : []),
    ...(MARKS.some((mark) => mark === line.mark) ? [] : [`the mark is ${MARKS.join(', ')}, not "${line.mark}"`]),
    ...(line.source.length < SOURCE_MIN ? ['there is no source that could be found'] : []),
    ...(line.source.length > SOURCE_MAX ? [`the source has more than ${SOURCE_MAX} characters`] : []),
  ];
}

function rowOf(line: Columns): RuleRow {
  const row = { ruleSet: line.rule_set, key: line.key, validFrom: line.valid_from };
  return {
    ...row,
    name: line.name === '' ? nameOf(row) : line.name,
    value: line.value,
    unit: line.unit,
    validTo: line.valid_to === '' ? null : line.valid_to,
    source: line.source,
    mark: MARKS.find((mark) => mark === line.mark) ?? 'PROPOSAL',
  };
}

type Say = (number: number, fault: string) => void;

function refuseBadDays(file: RuleFile, same: readonly Line[], say: Say): void {
  const inOrder = [...same].sort((one, other) => (one.row.validFrom < other.row.validFrom ? -1 : 1));
  for (const [index, { number, row }] of inOrder.slice(1).entries()) {
    const before = inOrder[index];
    if (!before) continue;
    const end = before.row.validTo;
    const set = file.sets.find(({ name }) => name === row.ruleSet);
    const mayLapse = set !== undefined && 'members' in set;
    if (end === null || end > row.validFrom) say(number, `${row.key} overlaps with line ${before.number}`);
    else if (end < row.validFrom && !mayLapse)
      say(number, `${row.key} leaves a gap from ${end} on, after line ${before.number}`);
  }
}

function refuseRepeatedNames(lines: readonly Line[], say: Say): void {
  const seen = new Map<string, number>();
  for (const { number, row } of lines) {
    const name = `${row.ruleSet} ${row.name}`;
    const first = seen.get(name);
    if (first !== undefined) say(number, `the name ${row.name} stands in line ${first} already`);
    seen.set(name, first ?? number);
  }
}

function missingIn({ sets }: RuleFile, isThere: (set: string, key: string) => boolean): string[] {
  return sets.flatMap(({ name, keys }) =>
    Object.entries(keys)
      .filter(([key, { isOptional }]) => isOptional !== true && !isThere(name, key))
      .map(([key]) => `${name} has no row of ${key}`),
  );
}
