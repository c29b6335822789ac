/**
 * Everyone who may act in the fund; the demo provider has one user for each, and a client for the one that is a machine:
 * `payout-consumer`, a finance system (ERP) outside that follows the payouts. Source: docs/domain.md#roles.
 */
export const ROLES = [
  'programme-officer',
  'adviser',
  'municipality-de',
  'municipality-partner',
  'expert',
  'recruiter',
  'finance-officer',
  'payment-orderer',
  'cashier',
  'budget-officer',
  'auditor',
  'data-protection-officer',
  'operator',
  'payout-consumer',
] as const;
export type Role = (typeof ROLES)[number];

/** `any`: every object of the kind. `own`: only objects tied to the caller, the caller's municipality or expert record; others answer 404. */
export type Scope = 'any' | 'own';
export type Allow = Partial<Record<Role, Scope>>;

/** Grants one scope to several roles: `grant('any', 'auditor', 'adviser')`. */
export function grant(scope: Scope, ...roles: Role[]): Allow {
  return Object.fromEntries(roles.map((role) => [role, scope]));
}

/** Everyone in the fund's own offices and oversight; the outside users (municipalities, experts) are not among them. */
export const STAFF = [
  'programme-officer',
  'adviser',
  'recruiter',
  'finance-officer',
  'payment-orderer',
  'cashier',
  'budget-officer',
  'auditor',
  'data-protection-officer',
] as const satisfies readonly Role[];

/** Read access for the offices, and for the outside users on what is theirs. */
export const READ_ALL_OR_OWN: Allow = {
  ...grant('any', ...STAFF),
  ...grant('own', 'municipality-de', 'municipality-partner', 'expert'),
};

/**
 * Who sees what every expert is paid, and with it the money of the fund (docs/domain.md#pay). Advisers, recruiters and data
 * protection do their work without it.
 */
export const PAY_READERS: Allow = grant(
  'any',
  'programme-officer',
  'finance-officer',
  'payment-orderer',
  'cashier',
  'budget-officer',
  'auditor',
);

/** The roles that persons have: a machine reads what its work needs and nothing for the reason that it is signed in. */
export const PEOPLE = ROLES.filter((role) => role !== 'payout-consumer');

/** Facts that hold no case data, such as code lists: every person who is signed in. */
export const EVERY_PERSON: Allow = grant('any', ...PEOPLE);
