import type { CommonTexts } from '../i18n/common';

/** What a check of the request says of one place; a part of zod's issue. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
  /** Of a choice between several shapes: what each of them says. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** Where a value may have one of several shapes: what the one says that the person most likely meant, each at its own place. */
export function withoutUnions(issues: readonly Issue[]): readonly Issue[] {
  return issues.flatMap((issue) => {
    const shapes = issue.code === 'invalid_union' ? (issue.errors ?? []) : [];
    const [meant] = shapes.toSorted((a, b) => unlikeness(a) - unlikeness(b));
    return meant === undefined
      ? [issue]
      : withoutUnions(meant).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
  });
}

const FOREIGN_MEMBER = 100;

/** A member that a shape does not know tells it apart from the one that was meant more than any that is missing. */
function unlikeness(issues: readonly Issue[]): number {
  return issues.reduce((sum, { code }) => sum + (code === 'unrecognized_keys' ? FOREIGN_MEMBER : 1), 0);
}

/** The sentence for a person, in the person's language; what the declaration says in English only becomes "please check". */
export function issueText(issue: Issue, value: unknown, t: CommonTexts['issues']): string {
  if (value === undefined || value === null || value === '') return t.required;
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return t.required;
      return issue.origin === 'array' ? t.tooFew(Number(issue.minimum)) : t.tooSmall(Number(issue.minimum));
    case 'too_big':
      if (issue.origin === 'string') return t.tooLong(Number(issue.maximum));
      return issue.origin === 'array' ? t.tooMany(Number(issue.maximum)) : t.tooBig(Number(issue.maximum));
    case 'invalid_value':
      return t.choose;
    case 'invalid_type':
      return issue.message.includes('int') || issue.message.includes('number') ? t.number : t.check;
    case 'invalid_format':
      return issue.format === 'date' ? t.day : t.check;
    default:
      return issue.message === 'must be after from'
        ? t.afterFrom
        : issue.message === 'must be above zero'
          ? t.aboveZero
          : t.check;
  }
}

/** `#/items/0/amount` as a place in the form: `items.0.amount`. */
export function nameOfPointer(pointer: string): string | undefined {
  const parts = /^#\/(.+)$/.exec(pointer)?.[1]?.split('/');
  return parts?.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (place, key) =>
      typeof place === 'object' && place !== null ? (place as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** What a form holds as a request: an input that was left empty is not sent, nor is a group of such. */
export function withoutBlanks(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) return value.map(withoutBlanks).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutBlanks(member)] as const);
  const kept = members.filter(([, member]) => member !== undefined);
  return kept.length === 0 && members.length > 0 ? undefined : Object.fromEntries(kept);
}
