import type { z } from 'zod';
import { AppError, ERROR_BOUNDS, type FieldError } from '#contracts';

/** Parses or throws PLATFORM_REQUEST_INVALID with a pointer to each faulty field. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // One more than a refusal lists tells it that there are more.
  const errors = parsed.error.issues.slice(0, ERROR_BOUNDS.errors + 1).flatMap(fieldErrors);
  throw new AppError('PLATFORM_REQUEST_INVALID', undefined, { errors });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, ERROR_BOUNDS.errors + 1).map((key) => ({
      pointer: fieldPointer([...issue.path, key]),
      code: 'UNRECOGNIZED_KEY',
      detail: 'is not known here',
    }));
  }
  return [{ pointer: fieldPointer(issue.path), code: issue.code.toUpperCase(), detail: issue.message }];
}

const NAME_MAX = 100;

/** RFC 6901 in its URI fragment form: `#/items/0/amount`. */
export function fieldPointer(path: readonly PropertyKey[]): string {
  return ['#', ...path.map(pointerPart)].join('/');
}

/** A name that the caller made up may be of any length, and half a character that no URI can carry. */
function pointerPart(part: PropertyKey): string {
  const name = String(part).slice(0, NAME_MAX).toWellFormed();
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
