import type { Role } from '#contracts';
import type { CommonTexts } from '../i18n/common';

export interface Area {
  readonly to: `/${string}`;
  readonly name: keyof CommonTexts['nav'];
  /**
   * Who may read its main list and does not get there by another area; a spec compares this with the contract, which would bring too
   * much into the first load.
   */
  readonly roles: readonly Role[];
}

const STAFF: readonly Role[] = [
  'programme-officer',
  'adviser',
  'recruiter',
  'finance-officer',
  'payment-orderer',
  'cashier',
  'budget-officer',
  'auditor',
  'data-protection-officer',
];

const PAY_READERS: readonly Role[] = [
  'programme-officer',
  'finance-officer',
  'payment-orderer',
  'cashier',
  'budget-officer',
  'auditor',
];

/** The areas in the sequence of the main job. */
export const AREAS: readonly Area[] = [
  { to: '/partnerships', name: 'partnerships', roles: [...STAFF, 'municipality-de', 'municipality-partner'] },
  { to: '/projects', name: 'projects', roles: [...STAFF, 'municipality-de', 'municipality-partner'] },
  { to: '/results', name: 'results', roles: [...STAFF, 'municipality-de', 'municipality-partner'] },
  { to: '/requests', name: 'demand', roles: [...STAFF, 'municipality-de', 'municipality-partner'] },
  {
    to: '/experts',
    name: 'experts',
    roles: [
      'recruiter',
      'programme-officer',
      'adviser',
      'auditor',
      'data-protection-officer',
      'expert',
      'municipality-de',
      'municipality-partner',
    ],
  },
  { to: '/assignments', name: 'assignments', roles: [...STAFF, 'municipality-de', 'municipality-partner', 'expert'] },
  { to: '/reports', name: 'reports', roles: [...STAFF, 'municipality-de', 'municipality-partner', 'expert'] },
  { to: '/money', name: 'money', roles: [...PAY_READERS, 'municipality-partner', 'expert'] },
  {
    to: '/payees',
    name: 'payees',
    roles: ['finance-officer', 'payment-orderer', 'cashier', 'auditor', 'municipality-partner', 'expert'],
  },
  { to: '/bank', name: 'bank', roles: PAY_READERS },
  { to: '/funds', name: 'funds', roles: PAY_READERS },
  { to: '/funds/proofs', name: 'proofs', roles: ['municipality-partner', 'expert'] },
  { to: '/events', name: 'events', roles: [...STAFF, 'municipality-de', 'municipality-partner', 'expert'] },
  { to: '/audit', name: 'audit', roles: ['auditor'] },
  { to: '/operations', name: 'operations', roles: ['operator', 'auditor'] },
];

export function areasOf(roles: readonly Role[]): readonly Area[] {
  return AREAS.filter((area) => area.roles.some((role) => roles.includes(role)));
}
