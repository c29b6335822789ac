import type { Role } from '#contracts';

/** Fixed ids, so that demo users are bound to their municipality before anyone has registered it. */
export const DEMO_MUNICIPALITIES = {
  tuebingen: '0198c0de-0000-7000-8000-000000000011',
  moshi: '0198c0de-0000-7000-8000-000000000012',
  bremen: '0198c0de-0000-7000-8000-000000000021',
  durban: '0198c0de-0000-7000-8000-000000000022',
  ludwigsburg: '0198c0de-0000-7000-8000-000000000031',
  kongoussi: '0198c0de-0000-7000-8000-000000000032',
} as const;

/** The expert record that the demo user `expert` is bound to. */
export const DEMO_EXPERT_ID = '0198c0de-0000-7000-8000-000000000051';

export interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly municipalityId?: string;
  readonly expertId?: string;
}

// Invented persons; one for each role, and the second of those roles that decide in pairs.
const NAMES: Readonly<Record<Role, string>> = {
  'programme-officer': 'Paula Programm',
  adviser: 'Anton Adler',
  'municipality-de': 'Tilda Neckar (Tübingen)',
  'municipality-partner': 'Mosi Kibo (Moshi)',
  expert: 'Erika Fachmann',
  recruiter: 'Rita Rekrut',
  'finance-officer': 'Friedrich Prüfer',
  'payment-orderer': 'Olga Anordnung',
  cashier: 'Kai Kasse',
  'budget-officer': 'Berta Haushalt',
  auditor: 'August Revision',
  'data-protection-officer': 'Dora Schutz',
  operator: 'Otto Betrieb',
  'payout-consumer': 'ERP (machine)',
};

/** Every role of the contracts, of which only the type is needed here: loading them would cost this process 40 MB. */
export const DEMO_ROLES = Object.keys(NAMES) as Role[];

const BINDINGS: Partial<Record<Role, Pick<DemoUser, 'municipalityId' | 'expertId'>>> = {
  'municipality-de': { municipalityId: DEMO_MUNICIPALITIES.tuebingen },
  'municipality-partner': { municipalityId: DEMO_MUNICIPALITIES.moshi },
  expert: { expertId: DEMO_EXPERT_ID },
};

/** Everyone who can sign in at the demo identity provider; a user is named like the role, so `token -- finance-officer` works. */
export const DEMO_USERS: readonly DemoUser[] = [
  ...DEMO_ROLES.map((role) => ({ username: role, name: NAMES[role], roles: [role], ...BINDINGS[role] })),
  { username: 'programme-officer-2', name: 'Peter Programm', roles: ['programme-officer'] },
  { username: 'adviser-2', name: 'Ada Zweitgutachten', roles: ['adviser'] },
  { username: 'finance-officer-2', name: 'Frieda Gegenprüfung', roles: ['finance-officer'] },
  { username: 'payment-orderer-2', name: 'Otto Anordnung', roles: ['payment-orderer'] },
  { username: 'cashier-2', name: 'Klara Kasse', roles: ['cashier'] },
  { username: 'budget-officer-2', name: 'Benno Haushalt', roles: ['budget-officer'] },
  municipality(
    'municipality-de-tuebingen',
    'Tilda Neckar (Tübingen)',
    'municipality-de',
    DEMO_MUNICIPALITIES.tuebingen,
  ),
  municipality('municipality-de-bremen', 'Bernd Weser (Bremen)', 'municipality-de', DEMO_MUNICIPALITIES.bremen),
  municipality(
    'municipality-de-ludwigsburg',
    'Luise Barock (Ludwigsburg)',
    'municipality-de',
    DEMO_MUNICIPALITIES.ludwigsburg,
  ),
  municipality('municipality-partner-moshi', 'Mosi Kibo (Moshi)', 'municipality-partner', DEMO_MUNICIPALITIES.moshi),
  municipality(
    'municipality-partner-durban',
    'Thandi Umgeni (Durban)',
    'municipality-partner',
    DEMO_MUNICIPALITIES.durban,
  ),
  municipality(
    'municipality-partner-kongoussi',
    'Awa Bam (Kongoussi)',
    'municipality-partner',
    DEMO_MUNICIPALITIES.kongoussi,
  ),
];

function municipality(username: string, name: string, role: Role, municipalityId: string): DemoUser {
  return { username, name, roles: [role], municipalityId };
}

/** A machine that gets tokens by client credentials (RFC 6749 4.4). Its secret is none: the demo lets in anyone as anyone. */
export interface DemoClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly roles: readonly Role[];
}

export const DEMO_CLIENTS: readonly DemoClient[] = [
  { clientId: 'erp', clientSecret: 'erp-demo', roles: ['payout-consumer'] },
];

export function demoClient(clientId: string): DemoClient | undefined {
  return DEMO_CLIENTS.find((client) => client.clientId === clientId);
}

/** Roles whose users act for one object: `municipality-de@<id>` is the user of any other municipality, `expert@<id>` any other expert. */
export const BOUND_ROLES = ['municipality-de', 'municipality-partner', 'expert'] as const satisfies readonly Role[];
const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

export function demoUser(username: string): DemoUser | undefined {
  const [name = '', id] = username.split('@', 2);
  const user = DEMO_USERS.find((known) => known.username === name);
  if (!user || id === undefined) return user;
  const role = BOUND_ROLES.find((bound) => bound === name);
  if (!role || !UUID.test(id)) return undefined;
  const binding = role === 'expert' ? { expertId: id } : { municipalityId: id };
  return { username, name: `${user.name.split(' (')[0] ?? ''} (${id.slice(-6)})`, roles: [role], ...binding };
}
