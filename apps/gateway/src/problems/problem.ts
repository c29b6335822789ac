import { type AppError, ERRORS, type ErrorDetails, type FieldError, problemSlug, STATUS_OF_KIND } from '#contracts';

/** RFC 9457, the one shape of every refusal. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  traceId: string;
  /** Facts for machines: ids, states, amounts. */
  details?: ErrorDetails;
  errors?: FieldError[];
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export function problemOf(
  error: AppError,
  where: { instance: string; traceId: string; language: 'de' | 'en' },
): Problem {
  const { kind, en, de } = ERRORS[error.code];
  return {
    type: `/problems/${problemSlug(error.code)}`,
    title: titleOf(error.code),
    status: STATUS_OF_KIND[kind],
    detail: where.language === 'de' ? de : en,
    instance: where.instance,
    code: error.code,
    traceId: where.traceId,
    ...(error.details && { details: error.details }),
    ...(error.errors && { errors: error.errors }),
  };
}

/** `FINANCE_COMMITMENT_INSUFFICIENT_FUNDS` -> `Commitment insufficient funds`: the same for every occurrence, as RFC 9457 asks. */
export function titleOf(code: string): string {
  const words = code.split('_').slice(1).join(' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The better of the two languages that the texts exist in. */
export function languageOf(acceptLanguage: string | undefined): 'de' | 'en' {
  return acceptedLanguage(acceptLanguage) ?? 'en';
}

/** Undefined when the client asks for neither. */
export function acceptedLanguage(acceptLanguage: string | undefined): 'de' | 'en' | undefined {
  return preferredLanguage(acceptLanguage, ['de', 'en']);
}

/** Of the languages that something is offered in, the one that the client likes best; undefined when it asks for none of them. */
export function preferredLanguage<T extends string>(
  acceptLanguage: string | undefined,
  offered: readonly T[],
): T | undefined {
  const [best] = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(';q=');
      return { language: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .flatMap(({ language, quality }) => {
      const known = offered.find((each) => each === language);
      return known !== undefined && quality > 0 ? [{ known, quality }] : [];
    })
    .sort((a, b) => b.quality - a.quality);
  return best?.known;
}
