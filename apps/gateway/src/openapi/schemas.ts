import type { SchemaObject } from '@nestjs/swagger';
import { z } from 'zod';

/** Named schemas (zod `.meta({ id })`) of all operations, hoisted to `#/components/schemas`. */
export const components: Record<string, SchemaObject> = {};

/** A zod schema as JSON Schema 2020-12; named parts become references into the components. */
export function toOpenApi(schema: z.ZodType, io: 'input' | 'output'): SchemaObject {
  const {
    $schema: _dialect,
    $defs,
    ...own
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Record<string, unknown>;
  const definitions = ($defs ?? {}) as Record<string, SchemaObject>;
  for (const [name, definition] of Object.entries(definitions)) hoist(componentName(name, io), rewrite(definition, io));
  const id = typeof own.id === 'string' ? own.id : undefined;
  if (!id) return rewrite(own, io);
  hoist(componentName(id, io), rewrite(own, io));
  return { $ref: `#/components/schemas/${componentName(id, io)}` } as unknown as SchemaObject;
}

// What a client sends may leave out members that have a default, so a schema can differ by direction.
function componentName(name: string, io: 'input' | 'output'): string {
  return io === 'input' ? `${name}Input` : name;
}

function hoist(name: string, schema: SchemaObject): void {
  components[name] ??= schema;
}

function rewrite(schema: object, io: 'input' | 'output'): SchemaObject {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  );
  return JSON.parse(
    text.replaceAll(/"#\/\$defs\/([^"]+)"/g, (_, name: string) => `"#/components/schemas/${componentName(name, io)}"`),
  ) as SchemaObject;
}
