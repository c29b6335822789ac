/** AGS, district key or ARS; spaces and marks between are nothing, and a spreadsheet takes the leading zero away. */
const OFFICIAL_KEY = /^(\d{4,5}|\d{7,8}|\d{11,12})$/;

/** The key that somebody wrote, with its leading zero; undefined where it is none. */
export function officialKeyIn(written: string): string | undefined {
  const digits = written.replace(/[\s./-]/g, '');
  if (!OFFICIAL_KEY.test(digits)) return undefined;
  return [4, 7, 11].includes(digits.length) ? `0${digits}` : digits;
}
