import type { z } from 'zod';

/** The filters of a list from its address, checked by the list's own schema: what does not fit is left out, one by one. */
export function parametersOf<Schema extends z.ZodObject>(
  schema: Schema,
  parameters: URLSearchParams,
): Partial<z.output<Schema>> {
  const members = Object.entries(schema.shape).flatMap(([name, member]) => {
    const text = parameters.get(name);
    if (text === null || text === '') return [];
    const checked = (member as z.ZodType).safeParse(text);
    return checked.success ? [[name, checked.data] as const] : [];
  });
  return Object.fromEntries(members) as Partial<z.output<Schema>>;
}
