import { z } from 'zod';
import { type Role, STAFF } from './roles';

/** Stands in the OpenAPI document too, so that a client knows why a member may be null. */
const AUDIENCE = { 'x-audience': 'fund' } as const;

/**
 * Declares a member of a reply that is for the fund's own people: what they note to each other of a case. Municipalities and experts get
 * null in its place, whichever operation answers it.
 */
export function internal<Schema extends z.ZodType>(schema: Schema, description: string): z.ZodNullable<Schema> {
  return schema.nullable().meta({ ...AUDIENCE, description: `${description}. Null for municipalities and experts` });
}

/** Whether a member was declared with `internal`. */
export function isInternal(schema: z.core.$ZodType): boolean {
  return z.globalRegistry.get(schema)?.['x-audience'] === AUDIENCE['x-audience'];
}

/** Whether somebody is of the fund's own offices or oversight. */
export function isOfTheFund({ roles }: { readonly roles: readonly Role[] }): boolean {
  return roles.some((role) => (STAFF as readonly Role[]).includes(role));
}
