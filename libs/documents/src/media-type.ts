import type { DocumentMediaType } from '#contracts';

/** How each kind begins. XML may have a byte order mark and blanks before its first tag. */
const BEGINNINGS: readonly (readonly [DocumentMediaType, RegExp])[] = [
  ['application/pdf', /^%PDF-[12]\.\d/],
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['application/xml', /^(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|[A-Za-z_])/],
];
/** A page of the web begins like XML: a browser that opened it would carry out what it says. */
const WEB_PAGE = /^(?:\xef\xbb\xbf)?\s*<(?:html|script|svg|body|head|iframe|!doctype)\b/i;

/** What a file is by its first bytes; undefined for what is not kept. Source: PDF 32000-1 7.5.2, PNG 5.2, T.81 B.1, XML 1.0. */
export function mediaTypeOf(content: Buffer): DocumentMediaType | undefined {
  const beginning = content.subarray(0, 256).toString('latin1');
  if (WEB_PAGE.test(beginning)) return undefined;
  return BEGINNINGS.find(([, pattern]) => pattern.test(beginning))?.[0];
}
