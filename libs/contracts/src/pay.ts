import { z } from 'zod';
import type { ErrorReply } from './app-error';
import type { ErrorDeclaration } from './errors/declare';
import { ERRORS } from './errors/index';
import { isInternal, isOfTheFund } from './internal';
import { PAY_READERS, type Role } from './roles';

/** Who reads: the roles and bonds of a verified token. */
interface Reader {
  readonly roles: readonly Role[];
  readonly municipalityId?: string;
  readonly expertId?: string;
}

/** Stands in the OpenAPI document too, so that a client knows why a member may be null. */
const AUDIENCE = { 'x-audience': 'pay' } as const;

/**
 * Declares a member of a reply from which pay follows: an amount, or what amounts are computed from. Whoever may not see pay gets
 * null in its place (docs/domain.md#pay), whichever operation answers it: no handler has to think of it. The expert and the employer
 * are those that the nearest object around it names as `expertId` and `employerMunicipalityId`; in one that names none they see as
 * little as others.
 */
export function pay<Schema extends z.ZodType>(schema: Schema, description?: string): z.ZodNullable<Schema> {
  const shown = 'Null for who may not see pay (docs/domain.md#pay)';
  return schema.nullable().meta({ ...AUDIENCE, description: description ? `${description}. ${shown}` : shown });
}

/** Whether a member was declared with `pay`. */
export function isPay(schema: z.core.$ZodType): boolean {
  return z.globalRegistry.get(schema)?.['x-audience'] === AUDIENCE['x-audience'];
}

/** Whether somebody sees what every expert is paid. */
export function seesAllPay({ roles }: Reader): boolean {
  return roles.some((role) => PAY_READERS[role]);
}

/** What of a reply is pay, or the fund's own, is left out, as its schema declares it. Who sees all pay is of the fund. */
export type PayFilter = (reply: unknown, reader: Reader) => unknown;
type Hide = (value: unknown, by: { readonly reader: Reader; readonly isConcerned: boolean }) => unknown;

const filters = new WeakMap<z.core.$ZodType, PayFilter | null>();

/** The filter of a reply's schema, made once. */
export function payFilterOf(schema: z.core.$ZodType): PayFilter | null {
  const known = filters.get(schema);
  if (known !== undefined) return known;
  const hide = hiding(schema);
  const filter: PayFilter | null = hide && ((reply, reader) => hide(reply, { reader, isConcerned: false }));
  filters.set(schema, filter);
  return filter;
}

/** A refusal without the amounts in its details, for who does not see all pay. */
export function refusalWithoutPay(reply: ErrorReply, reader: Reader | undefined): ErrorReply {
  const amounts = amountsOf(reply);
  if (!reply.details || amounts.length === 0 || (reader && seesAllPay(reader))) return reply;
  const shown = Object.entries(reply.details).filter(([name]) => !amounts.includes(name));
  return { ...reply, details: Object.fromEntries(shown) };
}

/** The details of a refusal that hold an amount and are not declared as such with its code: who may not see pay would see them. */
export function undeclaredAmounts(reply: Pick<ErrorReply, 'code' | 'details'>): string[] {
  const amounts = amountsOf(reply);
  return Object.entries(reply.details ?? {})
    .filter(([name]) => !amounts.includes(name) && !RATES.has(name))
    .filter(([name, value]) => name.endsWith('Minor') || [value].flat().some(isAmount))
    .map(([name]) => name);
}

function amountsOf({ code }: Pick<ErrorReply, 'code'>): readonly string[] {
  const declared: ErrorDeclaration = ERRORS[code];
  return declared.amounts ?? [];
}

/** Exchange rates are public, and some look like amounts. */
const RATES: ReadonlySet<string> = new Set(['rate', 'setAsideRate']);

/** As the API writes money; a percentage or a version is no such text. */
function isAmount(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d+\.\d{2,3}( [A-Z]{3})?$/.test(value);
}

function hiding(schema: z.core.$ZodType): Hide | null {
  if (isPay(schema)) return (value, { isConcerned }) => (isConcerned ? value : null);
  if (isInternal(schema)) return (value, { reader }) => (isOfTheFund(reader) ? value : null);
  if (schema instanceof z.ZodObject) return ofObject(schema);
  if (schema instanceof z.ZodArray) {
    const hide = hiding(schema.element);
    return hide && ((value, by) => (value as readonly unknown[]).map((item) => hide(item, by)));
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const hide = hiding(schema.def.innerType);
    return hide && ((value, by) => (value === null || value === undefined ? value : hide(value, by)));
  }
  // A marked member that nobody would find is worse than a declaration that does not load.
  if (schema instanceof z.ZodUnion && schema.options.some((option) => hiding(option))) {
    throw new Error('pay inside a union: mark the union itself');
  }
  return null;
}

function ofObject(schema: z.ZodObject): Hide | null {
  const members = Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, member]) => {
    const hide = hiding(member);
    return hide ? [[name, hide] as const] : [];
  });
  if (members.length === 0) return null;
  return (value, { reader, isConcerned }) => {
    const given = value as Readonly<Record<string, unknown>>;
    const by = { reader, isConcerned: concerns(given, reader) ?? isConcerned };
    const shown = members
      .filter(([name]) => name in given)
      .map(([name, hide]) => [name, hide(given[name], by)] as const);
    return { ...given, ...Object.fromEntries(shown) };
  };
}

/** Whether the object is about the pay of this expert, or of one whom this municipality employs; undefined when it does not say. */
function concerns(
  { expertId, employerMunicipalityId }: Readonly<Record<string, unknown>>,
  reader: Reader,
): boolean | undefined {
  if (expertId === undefined && employerMunicipalityId === undefined) return undefined;
  const isExpert = reader.roles.includes('expert') && reader.expertId !== undefined && reader.expertId === expertId;
  const isEmployer =
    reader.roles.includes('municipality-partner') &&
    reader.municipalityId !== undefined &&
    reader.municipalityId === employerMunicipalityId;
  return isExpert || isEmployer;
}
