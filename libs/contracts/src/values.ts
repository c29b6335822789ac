import { z } from 'zod';
import { COUNTRY_CODES } from './country-codes';
import { Line, MachineText } from './texts';

export { Line, LineOrEmpty, MachineText, Text } from './texts';

/** UUID, version 7 where we make it. */
export const Id = z.uuid().meta({ description: 'UUID; version 7 where the server made it' });

/** A calendar day, `YYYY-MM-DD`, without time zone. */
export const Day = z.iso.date().meta({ description: 'Calendar day YYYY-MM-DD' });

/** An instant in UTC, RFC 3339. */
export const Instant = z.iso.datetime().max(40).meta({ description: 'Instant in UTC, RFC 3339' });

/** Half-open period of days: `from` is in, `to` is out. */
export const Period = z
  .strictObject({ from: Day, to: Day })
  .refine((period) => period.from < period.to, { path: ['to'], message: 'must be after from' })
  .meta({ id: 'Period', description: 'Half-open period of days: from is included, to is not.' });
export type Period = z.infer<typeof Period>;

/** A period that may still be open at its end. */
export const OpenPeriod = z
  .strictObject({ from: Day, to: Day.nullable() })
  .refine((period) => period.to === null || period.from < period.to, { path: ['to'], message: 'must be after from' });
export type OpenPeriod = z.infer<typeof OpenPeriod>;

/** A text of ours or of others as it is stored, in a reply: bounded, and without what JSON would write as six bytes. */
export const Written = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) && text.isWellFormed(),
      'must not contain control characters',
    );

/** A text of one form, `max` characters at most; a longer one is refused before the form is looked at. */
export const Code = (max: number, form: RegExp, message?: string) =>
  z.string().max(max, { error: message, abort: true }).regex(form, message);

/** Who did something: the subject of the access token, or the name of the service that acted by itself. */
export const Subject = Written(200);

export const Sha256 = Code(64, /^[0-9a-f]{64}$/, 'a SHA-256 as 64 lower-case hexadecimal digits');

/**
 * An e-mail address; its domain may be written in any script (RFC 5890), in which case it is known to the network by another name
 * (`bücher.example` is `xn--bcher-kva.example`).
 */
export const EmailAddress = Line(254)
  .pipe(
    z
      .string()
      .max(254)
      .refine(
        (address) => z.email().safeParse(asciiAddress(address)).success,
        'an e-mail address, such as "asha@example.org"',
      ),
  )
  .meta({ format: 'idn-email' });

/** The one spelling under which two writings of the same address are equal: lower case, the domain as the network knows it. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 1 || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return '';
  const url = `http://${domain}`;
  return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}`.toLowerCase() : '';
}

export const LANGUAGES = ['de', 'en', 'fr', 'es', 'pt'] as const;
export const Language = z.enum(LANGUAGES);

/** A text in several languages, keyed by BCP 47: `{"de":"Abfallwirtschaft","en":"Waste management"}`. */
export const LocalizedText = z
  .partialRecord(Language, Line(500))
  .refine((texts) => Object.keys(texts).length > 0, 'needs at least one language');
export type LocalizedText = z.infer<typeof LocalizedText>;

const A_COUNTRY = 'an ISO 3166-1 alpha-2 code, such as "TZ"; Greece is "GR", the United Kingdom "GB"';

/** A country of the list; what only has its form would be found much later, as a citizen of nowhere. */
export const CountryCode = Code(2, /^[A-Z]{2}$/, A_COUNTRY).refine((code) => COUNTRY_CODES.has(code), A_COUNTRY);
export const CurrencyCode = Code(3, /^[A-Z]{3}$/, 'an ISO 4217 code, such as "EUR"');

/** The optimistic version of a resource; its ETag begins with it. Grows by one with each change. */
export const Version = z
  .int()
  .positive()
  .meta({ description: 'Version of the resource; its ETag begins with it, and If-Match compares it' });

/** A comma-separated query parameter: `status=ACTIVE,DORMANT`. An array is taken as it is, so a service can parse again. */
export function csv<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1).max(50));
}

/** A yes or no that may also stand in a query, as `true` or `false`. A boolean is taken as it is, so a service can parse again. */
export function flag() {
  return z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
}

/** Rows of a page at most; it ends earlier where its items are large. */
export const PAGE_ROWS_MAX = 200;
const CURSOR_MAX = 2000;

/** The query parameters that every list takes. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(0)
    .max(PAGE_ROWS_MAX)
    .default(50)
    .meta({
      description: `Rows per page, up to ${PAGE_ROWS_MAX}. A page of large items has fewer: go on at page.next until it is null. 0 counts: page.total is how many there are`,
    }),
  cursor: MachineText(CURSOR_MAX)
    .optional()
    .meta({ description: 'Opaque, from page.next or page.prev of the same list' }),
};

/** `sort=-startsOn,name`: the stated keys only; a leading minus sorts descending. */
export function sortQuery<const K extends readonly [string, ...string[]]>(...keys: K) {
  const allowed = keys.flatMap((key) => [key, `-${key}`]);
  return csv(z.enum(allowed as [string, ...string[]]))
    .optional()
    .meta({ description: `Sort keys: ${keys.join(', ')}; "-" before a key sorts descending` });
}

export const PageInfo = z
  .strictObject({
    limit: z.int(),
    next: z.string().max(CURSOR_MAX).nullable(),
    prev: z.string().max(CURSOR_MAX).nullable(),
    total: z.int().min(0).optional().meta({ description: 'How many the list has; answered to a limit of 0 only' }),
  })
  .meta({ id: 'PageInfo', description: 'Signed cursors of the neighbouring pages, null where there is none.' });

/** The reply of a list: items and the cursors of the neighbouring pages. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item).max(PAGE_ROWS_MAX), page: PageInfo });
}
export interface Page<T> {
  items: T[];
  page: z.infer<typeof PageInfo>;
}
