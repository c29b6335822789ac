import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** What only documents say; a `.meta` that says more, such as who may see a member, stays. */
const DOCUMENTING = new Set(['id', 'description', 'example', 'examples', 'title']);
const OF_OPERATIONS = new Set(['summary', 'description']);

/**
 * Takes out of the contracts what only the documents made of them say: a page checks what it sends by the schema, and tells people
 * in its own words what a field means.
 */
export function withoutDescriptions(): Plugin {
  return {
    name: 'without-descriptions',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/libs/contracts/src/')) return null;
      return { code: stripped(code, this.parse(code)), map: null };
    },
  };
}

function stripped(code: string, program: object): string {
  const cuts: { start: number; end: number }[] = [];
  collect(program as Node, code, cuts);
  let from = 0;
  let text = '';
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start)) {
    // Within what is cut already.
    if (start < from) continue;
    text += code.slice(from, start);
    from = end;
  }
  return text + code.slice(from);
}

function collect(node: Node, code: string, cuts: { start: number; end: number }[]): void {
  if (node.type === 'CallExpression') {
    const callee = node['callee'] as Node;
    const [argument] = node['arguments'] as Node[];
    if (argument?.type === 'ObjectExpression') {
      const properties = argument['properties'] as Node[];
      if (isMeta(callee) && properties.every((property) => DOCUMENTING.has(nameOf(property)))) {
        cuts.push({ start: (callee['object'] as Node).end, end: node.end });
      } else if (callee['name'] === 'operation') {
        for (const property of properties.filter((each) => OF_OPERATIONS.has(nameOf(each)))) {
          const comma = /^\s*,/.exec(code.slice(property.end))?.[0].length ?? 0;
          cuts.push({ start: property.start, end: property.end + comma });
        }
      }
    }
  }
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? (member as unknown[]) : [member]) {
      if (typeof child === 'object' && child !== null && 'type' in child) collect(child as Node, code, cuts);
    }
  }
}

function isMeta(callee: Node): boolean {
  return callee.type === 'MemberExpression' && (callee['property'] as Node)['name'] === 'meta';
}

function nameOf(property: Node): string {
  return property.type === 'Property' ? String((property['key'] as Node)['name']) : '';
}
