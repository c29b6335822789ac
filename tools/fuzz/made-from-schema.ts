import { z } from 'zod';
import { hostileText, hostileValue } from './hostile';
import type { Random } from './random';

/** The part of JSON Schema that zod writes and this reads. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface Making {
  readonly random: Random;
  /** How likely each value is replaced by a hostile one. */
  readonly hostility: number;
  /** An id that the platform gave, for a member that names one. */
  readonly idFor: (member: string) => string | undefined;
}

const schemas = new WeakMap<z.ZodType, Schema>();

/** Values of a request's members as its declaration wants them, or nearly: each may be replaced, left out, or get a stranger beside it. */
export function madeFrom(request: z.ZodType, making: Making): Record<string, unknown> {
  const schema = schemas.get(request) ?? (z.toJSONSchema(request, { io: 'input', unrepresentable: 'any' }) as Schema);
  schemas.set(request, schema);
  const made = new Maker(making, schema.$defs ?? {}).members(schema);
  return made;
}

class Maker {
  constructor(
    private readonly making: Making,
    private readonly definitions: Readonly<Record<string, Schema>>,
  ) {}

  members(schema: Schema): Record<string, unknown> {
    const { random, hostility } = this.making;
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(name) ?? false;
      if (isRequired ? random.isBelow(hostility / 3) : random.isBelow(0.5)) continue;
      made[name] = this.value(member, name);
    }
    if (random.isBelow(hostility / 3)) made[hostileText(random)] = hostileValue(random);
    return made;
  }

  private value(schema: Schema, name: string): unknown {
    const { random, hostility } = this.making;
    if (random.isBelow(hostility)) return hostileValue(random);
    if (schema.$ref !== undefined) return this.value(this.definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {}, name);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const choice = random.pick(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []);
    if (choice) return this.value(choice, name);
    const type = typeof schema.type === 'string' ? schema.type : random.pick(schema.type ?? []);
    switch (type ?? 'string') {
      case 'object':
        return this.members(schema);
      case 'array':
        return this.list(schema, name);
      case 'integer':
      case 'number':
        return this.number(schema);
      case 'boolean':
        return random.isBelow(0.5);
      case 'null':
        return null;
      default:
        return this.text(schema, name);
    }
  }

  private list(schema: Schema, name: string): unknown[] {
    if (schema.prefixItems) return schema.prefixItems.map((item) => this.value(item, name));
    const least = schema.minItems ?? 0;
    const most = Math.min(schema.maxItems ?? 3, least + 3);
    const length = least + this.making.random.below(most - least + 1);
    return Array.from({ length }, () => this.value(schema.items ?? {}, name));
  }

  private number(schema: Schema): number {
    const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
    const most = Math.min(schema.maximum ?? least + 1000, least + 100_000);
    const { random } = this.making;
    return random.pick([least, most, least + random.below(Math.max(1, most - least))]);
  }

  private text(schema: Schema, name: string): string {
    const { random } = this.making;
    const known = schema.format === 'uuid' ? this.making.idFor(name) : undefined;
    if (known !== undefined && random.isBelow(0.85)) return known;
    const made = textOfFormat(schema, name, random);
    const length = Math.max(made.length, schema.minLength ?? 0);
    return made.padEnd(length, 'x').slice(0, schema.maxLength ?? length);
  }
}

function textOfFormat({ format, pattern }: Schema, name: string, random: Random): string {
  const day = `20${random.pick(['24', '26', '27', '31'])}-0${1 + random.below(9)}-1${random.below(10)}`;
  if (format === 'uuid') return random.uuid();
  if (format === 'date') return day;
  if (format === 'date-time') return `${day}T0${random.below(10)}:30:00Z`;
  if (format === 'email') return `someone-${random.hex(6)}@example.org`;
  if (format === 'uri') return `https://example.org/${random.hex(4)}`;
  if (/cursor/i.test(name)) return random.hex(40);
  if (/iban/i.test(name)) return 'DE89370400440532013000';
  if (/bic/i.test(name)) return 'COBADEFFXXX';
  if (/currency/i.test(name)) return random.pick(['EUR', 'USD', 'TZS', 'XXX']);
  if (/country/i.test(name)) return random.pick(['DE', 'TZ', 'ZA', 'BF']);
  if (/amount|rate/i.test(name)) return random.pick(['0.00', '1.00', '120000.00', '0.01', '999999999999.99']);
  if (pattern?.includes('\\d') && !/[A-Z]/.test(pattern)) return String(random.below(100_000));
  return `${name} ${random.hex(8)}`;
}
