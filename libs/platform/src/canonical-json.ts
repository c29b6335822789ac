/**
 * JSON with sorted keys and no spaces (RFC 8785): equal values give equal bytes, so their hashes can be compared. JavaScript
 * already writes numbers and strings as the RFC wants them; only keys that are whole numbers come first, in their order. (The npm package of that name cannot be loaded by CommonJS.)
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isPlainObject(member) ? sorted(member) : member)) ?? 'null';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  const byCodeUnits = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
  return Object.fromEntries(Object.entries(object).sort(byCodeUnits));
}
