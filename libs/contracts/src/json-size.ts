import type { z } from 'zod';

/** The largest JSON of a schema in UTF-8 bytes, and the members that have no end. */
export interface JsonSize {
  readonly bytes: number;
  readonly unbounded: readonly string[];
  /** Every text with its greatest length in characters. */
  readonly texts: readonly { readonly path: string; readonly length: number }[];
}

/**
 * How large a value can become that a schema lets through. A text counts at its longest in the dearest characters that the
 * schema takes: six bytes for a control character, four for `😀`, three for `語`, two for a quote, one in a text of a given
 * form. Zod counts characters (code points), not UTF-16 units.
 */
export function jsonSize(schema: z.ZodType): JsonSize {
  const walk = new SizeWalk();
  return { bytes: walk.bytes(schema, '#'), unbounded: walk.unbounded, texts: walk.texts };
}

const NUMBER_BYTES = 24;
const BOOLEAN_BYTES = 5;
const NULL_BYTES = 4;
const FIXED_LENGTHS: Readonly<Record<string, number>> = { uuid: 36, date: 10 };

/** What is read of Zod's own description of a schema. */
interface Definition {
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly type: string;
  readonly innerType?: Node;
  readonly in?: Node;
  readonly out?: Node;
  readonly element?: Node;
  readonly shape?: Readonly<Record<string, Node>>;
  readonly catchall?: Node;
  readonly options?: readonly Node[];
  readonly keyType?: Node;
  readonly valueType?: Node;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly format?: string;
}
interface Check {
  readonly check: string;
  readonly maximum?: number;
  readonly length?: number;
}
interface Node {
  readonly _zod: { readonly def: Definition };
  safeParse(value: unknown): { success: boolean };
}

class SizeWalk {
  readonly unbounded: string[] = [];
  readonly texts: { path: string; length: number }[] = [];

  bytes(node: Node, path: string): number {
    const { def } = node._zod;
    switch (def.type) {
      case 'string':
        return this.text(node, path);
      case 'number':
        return NUMBER_BYTES;
      case 'boolean':
        return BOOLEAN_BYTES;
      case 'null':
        return NULL_BYTES;
      case 'literal':
        return largestOf(def.values ?? []);
      case 'enum':
        return largestOf(Object.values(def.entries ?? {}));
      case 'object':
        return this.members(def, path);
      case 'array':
        return this.elements(node, path);
      case 'record':
        return this.entries(def, path);
      case 'union':
        return Math.max(...(def.options ?? []).map((option) => this.bytes(option, path)));
      case 'nullable':
        return Math.max(NULL_BYTES, this.inner(def.innerType, path));
      case 'pipe':
        // A transformation before the value (a comma-separated text of a query) leaves what comes out.
        return this.inner(def.out?._zod.def.type === 'transform' ? def.in : def.out, path);
      case 'optional':
      case 'default':
      case 'prefault':
      case 'readonly':
        return this.inner(def.innerType, path);
      default:
        return this.endless(`${path} (${def.type})`);
    }
  }

  private inner(node: Node | undefined, path: string): number {
    return node ? this.bytes(node, path) : this.endless(path);
  }

  private text(node: Node, path: string): number {
    const { format = '' } = node._zod.def;
    const length = FIXED_LENGTHS[format] ?? maximumOf(node);
    if (length === undefined) return this.endless(path);
    this.texts.push({ path, length });
    return length * characterBytes(node, length) + 2;
  }

  private members({ shape = {}, catchall }: Definition, path: string): number {
    if (catchall && catchall._zod.def.type !== 'never') this.endless(`${path}/*`);
    return Object.entries(shape).reduce(
      (sum, [name, node]) => sum + name.length + 4 + this.bytes(node, `${path}/${name}`),
      2,
    );
  }

  private elements(node: Node, path: string): number {
    const { element } = node._zod.def;
    const bytes = this.inner(element, `${path}/*`) + 1;
    const count = maximumOf(node);
    return count === undefined ? this.endless(`${path}[]`) : count * bytes + 2;
  }

  private entries({ keyType, valueType }: Definition, path: string): number {
    const value = this.inner(valueType, `${path}/*`);
    const names = Object.values(keyType?._zod.def.entries ?? {});
    if (names.length === 0) return this.endless(`${path}/*`);
    return names.reduce<number>((sum, name) => sum + String(name).length + 4 + value, 2);
  }

  private endless(path: string): number {
    this.unbounded.push(path);
    return 0;
  }
}

/** What one character can cost in JSON: the dearest that a text of full length may be made of. */
function characterBytes(node: Node, length: number): number {
  const accepts = (character: string) => node.safeParse(character.repeat(length)).success;
  if (accepts('\u0001') || accepts('\ud800')) return 6;
  if (accepts('😀')) return 4;
  if (accepts('語')) return 3;
  return accepts('"') ? 2 : 1;
}

/** Of the length of a text or the count of an array; the least, where a schema states several. */
function maximumOf(node: Node): number | undefined {
  const stated = (node._zod.def.checks ?? []).flatMap(({ _zod: { def } }) => def.maximum ?? def.length ?? []);
  return stated.length === 0 ? undefined : Math.min(...stated);
}

function largestOf(values: readonly unknown[]): number {
  return Math.max(...values.map((value) => Buffer.byteLength(JSON.stringify(value))));
}
