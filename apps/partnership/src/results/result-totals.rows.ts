import type { TotalsBy } from '#contracts/partnership';
import { COUNTRIES_OF_RESULT } from './result-filter.rows';

const BOTH = ['target', 'actual'] as const;
const MEMBERS = ['number', 'numerator', 'denominator'] as const;

/**
 * What an indicator `i` gives: of each period the version that counts, and of these the last one, or all added where each stands for
 * itself. `isOpen`: also observations of periods that nobody has locked.
 */
const leaf = (isOpen: string) => `LATERAL (
  WITH current AS (
    SELECT DISTINCT ON (f.period_id, f.kind) f.kind, f.number, f.numerator, f.denominator, f.is_met, f.parts, p.starts_on
    FROM result_figure f JOIN result_period p ON p.id = f.period_id
    WHERE f.indicator_id = i.id AND (f.kind = 'TARGET' OR p.locked_at IS NOT NULL OR ${isOpen})
    ORDER BY f.period_id, f.kind, f.revision DESC),
  placed AS (SELECT c.*, row_number() OVER (PARTITION BY c.kind ORDER BY c.starts_on DESC) AS place FROM current c),
  counted AS (SELECT * FROM placed WHERE i.arithmetic = 'PER_PERIOD' OR place = 1)
  SELECT ${BOTH.flatMap((kind) => [
    ...MEMBERS.map((member) => `sum(${member}) FILTER (WHERE kind = '${kind.toUpperCase()}') AS ${kind}_${member}`),
    `count(*) FILTER (WHERE kind = '${kind.toUpperCase()}' AND is_met) AS ${kind}_met`,
    `count(is_met) FILTER (WHERE kind = '${kind.toUpperCase()}') AS ${kind}_answered`,
  ]).join(',\n    ')},
    (SELECT json_agg(part) FROM (
       SELECT part ->> 'category' AS category, ${MEMBERS.map((member) => `sum((part -> 'value' ->> '${member}')::numeric)::text AS ${member}`).join(', ')}
       FROM counted c, json_array_elements(c.parts) part WHERE c.kind = 'ACTUAL' GROUP BY 1) part) AS parts
  FROM counted) v`;

const BASELINE = `${MEMBERS.map((member) => `i.${member} AS baseline_${member}`).join(', ')},
  (i.is_met)::int AS baseline_met, (i.is_met IS NOT NULL)::int AS baseline_answered`;

const FROM = (isOpen: string) =>
  `FROM result_indicator i JOIN result r ON r.id = i.result_id CROSS JOIN ${leaf(isOpen)}`;

/** The conditions under which an indicator counts in totals at all. */
export const COUNTS = ["r.status = 'CURRENT'", 'i.standard IS NOT NULL'];

export const leafSelect = (
  isOpen: string,
  origins: string,
) => `SELECT i.id, i.result_id, r.title AS result_title, r.type AS result_type,
    i.title, i.standard, i.arithmetic, i.sdg_targets, ${origins}, ${BASELINE}, v.* ${FROM(isOpen)}`;

/** Each group once for each indicator, however often it leads there. */
const GROUPS: Readonly<Record<TotalsBy, string>> = {
  PROGRAMME: 'SELECT NULL::text',
  PARTNERSHIP: 'SELECT DISTINCT o.partnership_id::text FROM result_origin o WHERE o.result_id = r.id',
  COUNTRY: `SELECT DISTINCT country::text FROM (${COUNTRIES_OF_RESULT}) own`,
  SDG_GOAL: `SELECT DISTINCT split_part(target, '.', 1) FROM unnest(i.sdg_targets) target`,
};

interface TotalsQuery {
  readonly by: TotalsBy;
  readonly isOpen: string;
  readonly where: readonly string[];
  readonly rowsMax: number;
}

export function totalsSelect({ by, isOpen, where, rowsMax }: TotalsQuery): string {
  const sums = ['baseline', ...BOTH].flatMap((kind) => [
    ...MEMBERS.map((member) => `trim_scale(sum(${kind}_${member}))::text AS ${kind}_${member}`),
    `sum(${kind}_met)::int AS ${kind}_met`,
    `sum(${kind}_answered)::int AS ${kind}_answered`,
  ]);
  return `WITH leaf AS (
      SELECT i.id, i.result_id, i.standard, g.key, ${BASELINE}, v.* ${FROM(isOpen)} CROSS JOIN LATERAL (${GROUPS[by]}) g (key)
      WHERE ${where.map((each) => `(${each})`).join(' AND ')}),
    part AS (
      SELECT key, standard, category, ${MEMBERS.map((member) => `trim_scale(sum(p.${member}))::text AS ${member}`).join(', ')}
      FROM leaf CROSS JOIN json_to_recordset(leaf.parts) p (category text, number numeric, numerator numeric, denominator numeric)
      GROUP BY key, standard, category),
    total AS (
      SELECT key, standard, count(*)::int AS indicators, count(DISTINCT result_id)::int AS results, ${sums.join(', ')}
      FROM leaf GROUP BY key, standard)
    SELECT total.*, count(*) OVER ()::int AS rows,
      (SELECT json_agg(part) FROM part WHERE part.key IS NOT DISTINCT FROM total.key AND part.standard = total.standard) AS parts
    FROM total ORDER BY length(key), key, standard LIMIT ${rowsMax}`;
}
