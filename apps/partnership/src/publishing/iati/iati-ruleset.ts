import type { XmlElement } from 'libxml2-wasm';

export type Severity = 'ERROR' | 'WARNING' | 'ADVISORY';

/** What a check found, and on which line of what was checked. */
export interface Finding {
  readonly severity: Severity;
  readonly kind: 'SCHEMA' | 'CODE_LIST' | 'RULESET' | 'IDENTIFIER' | 'ADVICE';
  readonly rule: string;
  readonly message: string;
  readonly line: number;
}

interface RuleCase {
  readonly ruleInfo?: { readonly id: string; readonly severity: string; readonly message: string };
  readonly paths?: readonly string[];
  readonly prefix?: readonly string[];
  readonly separator?: string;
  readonly idCondition?: string;
  readonly condition?: string;
  readonly one?: string;
  readonly all?: string;
  readonly less?: string;
  readonly more?: string;
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
  readonly regex?: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly if?: string;
  readonly then?: string;
  readonly foreach?: string;
  readonly do?: RuleKinds;
  readonly subs?: readonly string[];
}

type RuleKinds = Readonly<Record<string, { readonly cases: readonly RuleCase[] }>>;
/** The official ruleset: by the path of the elements that a rule is about. */
export type Ruleset = Readonly<Record<string, RuleKinds>>;

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;

/** The elements that a case concerns by its paths, with their texts. */
class Place {
  constructor(
    private readonly element: XmlElement,
    readonly now: string,
  ) {}

  values(path: string): string[] {
    const found = this.element.eval(path);
    if (!Array.isArray(found)) return [String(found)];
    return found.map((node) => ('value' in node ? String(node.value) : node.content));
  }

  allValues(paths: readonly string[] = []): string[] {
    return paths.flatMap((path) => this.values(path));
  }

  count(path: string): number {
    return this.element.find(path).length;
  }

  isTrue(expression: string): boolean {
    const found = this.element.eval(expression);
    return Array.isArray(found) ? found.length > 0 : Boolean(found);
  }

  day(path: string): string | undefined {
    return path === 'NOW' ? this.now : this.values(path)[0];
  }
}

/** By kind of rule, whether a place keeps it. */
const KEEPS: Readonly<Record<string, (place: Place, it: RuleCase) => boolean>> = {
  unique: (place, { paths }) => {
    const values = place.allValues(paths);
    return new Set(values).size === values.length;
  },
  // Which agencies may give out organisation identifiers is no part of the ruleset: those that are known are checked elsewhere.
  startswith: (place, { paths, prefix = [], separator = '', idCondition }) =>
    idCondition !== undefined ||
    place.allValues(paths).every((value) => place.allValues(prefix).some((each) => value.startsWith(each + separator))),
  atleast_one: (place, { paths }) => place.allValues(paths).length > 0,
  no_more_than_one: (place, { paths = [] }) => paths.reduce((sum, path) => sum + place.count(path), 0) <= 1,
  one_or_all: (place, { one = '', all = '' }) => place.isTrue(one) || hasAll(place, all),
  date_now: (place, { date = '' }) => place.values(date).every((day) => day.slice(0, 10) <= place.now),
  date_order: (place, { less = '', more = '' }) => {
    const end = place.day(more);
    if (less === 'NOW' || end === undefined) return true;
    return place.values(less).every((day) => day <= end);
  },
  between_dates: (place, { date = '', start = '', end = '' }) =>
    place.values(date).every((day) => day >= (place.day(start) ?? day) && day <= (place.day(end) ?? day)),
  time_limit: (place, { start = '', end = '' }) => {
    const [from, to] = [place.day(start), place.day(end)];
    return from === undefined || to === undefined || (Date.parse(to) - Date.parse(from)) / DAY_MS <= YEAR_DAYS;
  },
  regex_matches: (place, { paths, regex = '' }) =>
    place.allValues(paths).every((value) => new RegExp(regex).test(value)),
  no_spaces: (place, { paths }) => place.allValues(paths).every((value) => value.trim() === value),
  strict_sum: (place, { paths, sum = 0 }) =>
    Math.abs(place.allValues(paths).reduce((total, value) => total + Number(value), 0) - sum) < 1e-9,
  range: (place, { paths, min = -Infinity, max = Infinity }) =>
    place.allValues(paths).every((value) => Number(value) >= min && Number(value) <= max),
  if_then: (place, { if: condition = 'false()', then = 'true()' }) => !place.isTrue(condition) || place.isTrue(then),
};

/** `lang` is asked of each narrative, `currency` of each value, `sector` of each transaction. */
function hasAll(place: Place, all: string): boolean {
  if (all === 'lang') return place.count('.//narrative[not(@xml:lang)]') === 0;
  if (all === 'currency') return place.count('.//value[not(@currency)]') === 0;
  return place.count(`transaction[not(${all})]`) === 0 || place.count(`transaction[${all}]`) === 0;
}

/** What of a document breaks the ruleset; `today` is the day that must not lie before what has happened. */
export function rulesetFindings(root: XmlElement, ruleset: Ruleset, today: string): Finding[] {
  return Object.entries(ruleset).flatMap(([path, kinds]) =>
    root.find(path).flatMap((node) => {
      const element = node as XmlElement;
      return findingsAt(element, new Place(element, today), kinds);
    }),
  );
}

function findingsAt(element: XmlElement, place: Place, kinds: RuleKinds): Finding[] {
  return Object.entries(kinds).flatMap(([kind, { cases }]) =>
    cases.flatMap((it) => {
      if (kind === 'loop') return loopFindings(element, place, it);
      const keeps = KEEPS[kind];
      if (!keeps) throw new Error(`the ruleset has a kind of rule that is not known: ${kind}`);
      if (it.condition !== undefined && !place.isTrue(it.condition)) return [];
      return keeps(place, it) ? [] : [broken(element, it)];
    }),
  );
}

/** The same rules for each value that was found, put in place of `$1`. */
function loopFindings(element: XmlElement, place: Place, { foreach = '', do: kinds = {} }: RuleCase): Finding[] {
  return [...new Set(place.values(foreach))].flatMap((value) => {
    const filled = JSON.parse(JSON.stringify(kinds).replaceAll('$1', JSON.stringify(value).slice(1, -1))) as RuleKinds;
    return findingsAt(element, place, filled);
  });
}

function broken({ line }: XmlElement, { ruleInfo }: RuleCase): Finding {
  const severity = ruleInfo?.severity === 'error' ? 'ERROR' : ruleInfo?.severity === 'warning' ? 'WARNING' : 'ADVISORY';
  return { severity, kind: 'RULESET', rule: ruleInfo?.id ?? '', message: ruleInfo?.message ?? '', line };
}
