import type { z } from 'zod';
import { AppError, type FieldError } from '#contracts';

/** Parses or throws PLATFORM_REQUEST_INVALID with a pointer to each faulty field. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('PLATFORM_REQUEST_INVALID', undefined, { errors: parsed.error.issues.flatMap(fieldErrors) });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer([...issue.path, key]),
      code: 'UNRECOGNIZED_KEY',
      detail: 'is not known here',
    }));
  }
  return [{ pointer: pointer(issue.path), code: issue.code.toUpperCase(), detail: issue.message }];
}

/** RFC 6901 in its URI fragment form: `#/items/0/amount`. */
function pointer(path: readonly PropertyKey[]): string {
  return [
    '#',
    ...path.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))),
  ].join('/');
}
