import { z } from 'zod';
import { OPERATIONS } from './catalogue';
import { Money } from './money';
import type { Operation } from './operation';
import { isPay, pay, payFilterOf, refusalWithoutPay, undeclaredAmounts } from './pay';
import { PAY_READERS, type Role, ROLES } from './roles';

const salary = { amount: '777.00', currency: 'EUR' };
const Assignment = z.strictObject({
  expertId: z.string(),
  employerMunicipalityId: z.string(),
  salary: pay(Money),
  refusal: z
    .strictObject({ reason: z.string(), shortfalls: z.array(z.strictObject({ missing: pay(Money) })) })
    .nullable(),
});
const Page = z.strictObject({ items: z.array(Assignment) });
const assignment = {
  expertId: 'expert',
  employerMunicipalityId: 'employer',
  salary,
  refusal: { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ missing: salary }] },
};
const hidden = {
  ...assignment,
  salary: null,
  refusal: { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ missing: null }] },
};

const shown = (roles: Role[], bonds: { expertId?: string; municipalityId?: string } = {}) =>
  payFilterOf(Page)?.({ items: [assignment] }, { roles, ...bonds });

describe('what is pay in a reply', () => {
  it('is null for the roles that do not see pay, wherever it stands', () => {
    for (const role of ROLES.filter((each) => !PAY_READERS[each])) expect(shown([role])).toEqual({ items: [hidden] });
  });

  it('is seen by the expert and by the employer, on what is theirs', () => {
    expect(shown(['expert'], { expertId: 'expert' })).toEqual({ items: [assignment] });
    expect(shown(['municipality-partner'], { municipalityId: 'employer' })).toEqual({ items: [assignment] });
  });

  it('is not seen by another expert, another partner municipality, nor by a bond without its role', () => {
    expect(shown(['expert'], { expertId: 'another' })).toEqual({ items: [hidden] });
    expect(shown(['municipality-partner'], { municipalityId: 'another' })).toEqual({ items: [hidden] });
    expect(shown(['municipality-de'], { municipalityId: 'employer', expertId: 'expert' })).toEqual({ items: [hidden] });
  });

  it('fits its own declaration with and without pay', () => {
    expect(Assignment.safeParse(assignment).success).toBe(true);
    expect(Assignment.safeParse(hidden).success).toBe(true);
  });

  it('is not looked for where a reply declares none', () => {
    expect(payFilterOf(z.strictObject({ id: z.string() }))).toBeNull();
  });

  it('may not hide inside a union, where it would not be found', () => {
    const reply = z.union([z.strictObject({ salary: pay(Money) }), z.string()]);
    expect(() => payFilterOf(reply)).toThrow('mark the union itself');
  });
});

describe('the amounts of a refusal', () => {
  const refusal = {
    code: 'FINANCE_COMMITMENT_INSUFFICIENT_FUNDS' as const,
    details: { years: ['2038'], missingMinor: ['932400'] },
  };

  it('are left out for who does not see pay, and for who is not known', () => {
    const without = { code: refusal.code, details: { years: ['2038'] } };
    expect(refusalWithoutPay(refusal, { roles: ['municipality-de'] })).toEqual(without);
    expect(refusalWithoutPay(refusal, undefined)).toEqual(without);
    expect(refusalWithoutPay(refusal, { roles: ['finance-officer'] })).toEqual(refusal);
  });

  it('are found when the code does not declare them, by name and by form', () => {
    expect(undeclaredAmounts(refusal)).toEqual([]);
    const details = {
      missing: '9324.00',
      missingMinor: '932400',
      months: ['777.00 EUR'],
      percent: 50,
      rate: '27.50',
      from: '2027-01-01',
    };
    expect(undeclaredAmounts({ code: 'STAFFING_EXPERT_NOT_AVAILABLE', details })).toEqual([
      'missing',
      'missingMinor',
      'months',
    ]);
  });
});

describe('every operation of staffing and finance', () => {
  /** What is worked out from the caller's own figures, and who is asked for their own figures. */
  const OF_THE_CALLER = new Set(['rpc.finance.cost-plan.estimate']);
  /** Their `own` is the expert's and the employer's, who see pay. */
  const OWN_IS_CONCERNED: ReadonlySet<string> = new Set(['municipality-partner', 'expert', 'payout-consumer']);

  const others = ({ service, allow }: Operation): string[] =>
    (Object.keys(allow) as Role[]).filter(
      (role) => !PAY_READERS[role] && !(service === 'finance' && OWN_IS_CONCERNED.has(role)),
    );

  it('marks as pay each amount that a role gets which may not see pay', () => {
    const open = OPERATIONS.filter(
      ({ service, subject }) => ['staffing', 'finance'].includes(service) && !OF_THE_CALLER.has(subject),
    )
      .filter((operation) => others(operation).length > 0)
      .flatMap(({ subject, reply }) => openAmounts(reply, subject));
    expect(open).toEqual([]);
  });

  it('would be found with an amount that is not marked', () => {
    expect(openAmounts(z.strictObject({ items: z.array(z.strictObject({ cost: Money.nullable() })) }), 'it')).toEqual([
      'it.items.cost',
    ]);
  });
});

/** The paths of money, and of what is computed with it, that is not marked as pay. */
function openAmounts(schema: z.core.$ZodType, path: string): string[] {
  if (isPay(schema)) return [];
  if (schema instanceof z.ZodObject) {
    const names = Object.keys(schema.shape);
    if (names.includes('amount') && names.includes('currency')) return [path];
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, member]) =>
      openAmounts(member, `${path}.${name}`),
    );
  }
  if (schema instanceof z.ZodArray) return openAmounts(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => openAmounts(option, path));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return openAmounts(schema.def.innerType, path);
  return [];
}
