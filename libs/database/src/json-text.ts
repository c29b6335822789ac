/** What stands for a value in the SQL of `jsonText`. */
type Member = string & { readonly isMember?: never };

/**
 * SQL that writes a row as the JSON of an object, which is then passed on as it is. `json_build_object` looks up the type of every value
 * in every row, and makes a page cost twice what it costs so.
 */
export function jsonText(members: Readonly<Record<string, Member>>): string {
  const parts = Object.entries(members).map(([name, value], index) => `'${index > 0 ? ',' : '{'}"${name}":', ${value}`);
  return `concat(${parts.join(', ')}, '}')`;
}

/** How the values of columns are written; each must be NOT NULL, unless it stands in `orNull`. */
export const jsonOf = {
  /** Numbers and `json`, whose text is JSON. */
  asItIs: (column: string): Member => column,
  /** What never has a character that JSON escapes: ids, days, codes of our own. */
  plain: (column: string): Member => `'"', ${column}, '"'`,
  /** Any text, and arrays. */
  any: (column: string): Member => `to_json(${column})`,
  /** As `Date.toISOString` writes it: in UTC, what lies below a millisecond is cut off. */
  instant: (column: string): Member =>
    `'"', to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '"'`,
  /** `null` where the column is. */
  orNull: (column: string, value: Member): Member =>
    `CASE WHEN ${column} IS NULL THEN 'null' ELSE concat(${value}) END`,
};
