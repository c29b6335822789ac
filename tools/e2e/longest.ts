import { LANGUAGES, type Operation } from '#contracts';
import {
  createMunicipality,
  createPartnership,
  createProject,
  listFieldsOfAction,
  recordAgreement,
} from '#contracts/partnership';
import { createExpert, createExpertRequest } from '#contracts/staffing';
import {
  COST_CATEGORIES,
  createClaim,
  createDrawdown,
  createFund,
  createPayee,
  createProofOfUse,
  importExchangeRates,
  proposeBankAccountChange,
  rejectBankAccountChange,
  submitProofOfUse,
  createWebhook,
} from '#contracts/finance';
import {
  ACCESSIBILITY_NEEDS,
  createEvent,
  createRegistration,
  listAccessibilityNeeds,
  listEventParticipants,
  publishEvent,
} from '#contracts/events';
import { caller, eventually, type TestCaller, type TestFleet } from '#testing';
import { longImport } from './longest-import';
import { long, sha256 } from './longest-text';
import { projectBeforeItsGate } from './longest-project';
import { fullResult, RESULT_AT_ITS_LONGEST } from './longest-result';

/** What the things that people write need to stand on. */
export interface Ground {
  readonly partners: readonly string[];
  readonly partnershipIds: readonly string[];
  readonly placeOfWork: string;
  readonly fields: readonly { key: string; percent: number }[];
  readonly fundId: string;
  readonly eventId: string;
}

/** A thing that people can write, with every text at its longest. */
export interface Making<O extends Operation = Operation> {
  readonly operation: O;
  readonly as: TestCaller;
  readonly list: string;
  /** As many as fill more than one answer, or as a test can wait for. */
  readonly count: number;
  readonly body: (ground: Ground, key: string) => Record<string, unknown>;
}

export interface Filled {
  readonly ground: Ground;
  /** Path parameters of the lists below something. */
  readonly parents: Readonly<Record<string, string>>;
  /** Ids by the list that has to answer them. */
  readonly made: Readonly<Record<string, readonly string[]>>;
  /** Operation and id of what is large in itself. */
  readonly longest: Readonly<Record<string, string>>;
}

const OFFICER = caller('programme-officer', { subject: 'olga' });
const RECRUITER = caller('recruiter');
const FINANCE = caller('finance-officer', { subject: 'fritz' });
const SECOND = caller('finance-officer', { subject: 'dora' });
const BUDGET = caller('budget-officer');

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const localized = (length: number, key: string) =>
  Object.fromEntries(LANGUAGES.map((language) => [language, long(length, key)]));
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const each = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const LONGEST: readonly Making[] = [
  {
    operation: createMunicipality,
    as: OFFICER,
    list: 'rpc.partnership.municipality.list',
    count: 130,
    body: (_ground, key) => ({
      side: 'PARTNER',
      names: { official: long(200, key), local: long(200, key), latin: long(200, key) },
      country: 'TZ',
      kind: 'CITY',
      duplicateReason: long(1_000, key),
      identifiers: each(20, (index) => ({ scheme: 'wikidata', value: `Q${1_000_000 + hash(key, index)}` })),
    }),
  },
  {
    operation: createPartnership,
    as: OFFICER,
    list: 'rpc.partnership.partnership.list',
    count: 24,
    body: ({ partners, fields }, key) => ({
      kind: 'CONTACT',
      participants: partners.slice(0, 50).map((municipalityId) => ({ municipalityId })),
      languages: ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg', 'hh', 'ii', 'jj'],
      fieldsOfAction: fields,
      duplicateReason: long(1_000, key),
    }),
  },
  {
    operation: createProject,
    as: OFFICER,
    list: 'rpc.partnership.project.list',
    count: 200,
    body: ({ placeOfWork, partnershipIds }, key) => ({
      partnershipId: partnershipIds[0],
      ownerMunicipalityId: placeOfWork,
      title: long(200, key),
      summary: long(4_000),
      sector: 'WASTE',
      capex: eur('1.00'),
    }),
  },
  RESULT_AT_ITS_LONGEST,
  {
    operation: createExpertRequest,
    as: OFFICER,
    list: 'rpc.staffing.expert-request.list',
    count: 200,
    body: ({ partnershipIds, placeOfWork, fields }, key) => ({
      partnershipIds: partnershipIds.slice(0, 20),
      title: long(200, key),
      situation: long(10_000),
      goal: long(10_000),
      tasks: long(10_000),
      fieldsOfAction: fields,
      desiredPeriod: { from: '2027-01-01', to: '2028-01-01' },
      placeOfWorkMunicipalityId: placeOfWork,
    }),
  },
  {
    operation: createExpert,
    as: RECRUITER,
    list: 'rpc.staffing.expert.list',
    count: 25,
    body: ({ fields }, key) => ({
      languages: each(20, (index) => ({ language: `e${String.fromCharCode(97 + index)}`, level: 'A1' })),
      fieldsOfAction: fields.slice(0, 20).map((field) => field.key),
      qualifications: each(50, (index) => long(300, `${key}${index}`)),
      citizenships: ['DE', 'TZ', 'BF', 'ZA', 'KE'],
      residenceCountry: 'DE',
      person: { givenNames: long(100), familyName: long(100), birthDate: '1980-01-01', email: `${key}@example.org` },
    }),
  },
  {
    operation: createEvent,
    as: OFFICER,
    list: 'rpc.events.event.list',
    count: 60,
    body: ({ fields }, key) => ({
      kind: 'CONFERENCE',
      mode: 'HYBRID',
      title: localized(500, key),
      description: localized(5_000, key),
      venue: long(200),
      timeZone: 'Africa/Dar_es_Salaam',
      startsAt: inDays(400),
      endsAt: inDays(402),
      registrationDeadlineAt: inDays(390),
      capacity: 5000,
      fieldsOfAction: fields.slice(0, 10).map((field) => field.key),
    }),
  },
  {
    operation: createRegistration,
    as: OFFICER,
    list: 'rpc.events.registration.list',
    count: 30,
    body: (_ground, key) => ({
      kind: 'PERSON',
      group: 'EXPERTS',
      attendanceMode: 'ONLINE',
      participants: [
        {
          name: long(200),
          email: `${key}@example.org`,
          accessibilityNeeds: ACCESSIBILITY_NEEDS.map((kind) => ({ kind, note: long(300) })),
        },
      ],
    }),
  },
  {
    operation: createDrawdown,
    as: FINANCE,
    list: 'rpc.finance.drawdown.list',
    count: 30,
    body: ({ fundId }) => ({
      fundId,
      approvalReference: long(100),
      ruleSet: 'BENGO',
      parts: [{ place: 'SEPA', amount: eur('1.00') }],
      justification: long(2_000),
      requestedOn: '2026-01-01',
    }),
  },
  {
    operation: createClaim,
    as: FINANCE,
    list: 'rpc.finance.claim.list',
    count: 30,
    body: ({ fundId }) => ({
      fundId,
      debtorName: long(140),
      ruleSet: 'BENGO',
      ground: 'UNSPENT',
      reason: long(4_000),
      amount: eur('1.00'),
      interestFrom: '2025-01-01',
    }),
  },
];

/** Fills the lists with things at their longest, through the services' own operations. */
export async function filled(fleet: TestFleet): Promise<Filled> {
  const made: Record<string, string[]> = {};
  let ground: Ground = { partners: [], partnershipIds: [], placeOfWork: '', fields: [], fundId: '', eventId: '' };
  for (const making of LONGEST) {
    ground = await groundFor(fleet, making.operation, { ground, made });
    made[making.list] = await makeAll(fleet, making, ground);
  }
  const { fundId, eventId } = ground;
  const first = (list: string) => made[list]?.[0] ?? '';
  const registrationId = first('rpc.events.registration.list');
  const changes = await bankAccountChanges(fleet);
  const proofId = await proofOfUse(fleet, fundId);
  const partnershipId = first('rpc.partnership.partnership.list');
  const agreement = {
    kind: 'CHARTER',
    signedOn: '2014-05-01',
    documentSha256: sha256(),
    reference: long(200),
  } as const;
  const { id: agreementId } = await fleet.rpc(recordAgreement, { partnershipId, ...agreement }, OFFICER);
  const projectId = await projectBeforeItsGate(fleet, first('rpc.partnership.project.list'));
  const resultId = first('rpc.partnership.result.list');
  const figureIds = await fullResult(fleet, resultId);
  const importId = await longImport(fleet);
  const rates = each(250, (index) => ({ currency: `${letter(index / 26)}${letter(index)}X`, rate: '655.957' }));
  await fleet.rpc(importExchangeRates, { source: long(200), rateOn: '2026-01-02', rates }, FINANCE);
  const address = `https://1.1.1.1/${'x'.repeat(1_000 - 'https://1.1.1.1/'.length)}`;
  const webhook = await fleet.rpc(createWebhook, { name: long(100), url: address }, FINANCE);
  const needs = await fleet.rpc(listAccessibilityNeeds, { eventId }, OFFICER);
  const people = await fleet.rpc(listEventParticipants, { registrationId }, OFFICER);
  return {
    ground,
    parents: {
      fundId,
      eventId,
      registrationId,
      partnershipId,
      projectId,
      resultId,
      municipalityId: first('rpc.partnership.municipality.list'),
      importId,
      payeeId: changes.payeeId,
      webhookId: webhook.id,
    },
    made: {
      ...made,
      'rpc.finance.bank-account-change.list': changes.ids,
      'rpc.finance.proof-of-use.list': [proofId],
      'rpc.finance.webhook.list': [webhook.id],
      'rpc.finance.fund.list': [fundId],
      'rpc.finance.payee.list': [changes.payeeId],
      'rpc.partnership.agreement.list': [agreementId],
      'rpc.partnership.result-figure.list': figureIds,
      'rpc.events.accessibility-need.list': needs.items.map(({ id }) => id),
      'rpc.events.participant.list': people.items.map(({ id }) => id),
    },
    longest: {
      'rpc.staffing.expert-request.get': first('rpc.staffing.expert-request.list'),
      'rpc.staffing.expert.get': first('rpc.staffing.expert.list'),
      'rpc.events.event.get': first('rpc.events.event.list'),
      'rpc.partnership.partnership.get': partnershipId,
      'rpc.partnership.result.get': resultId,
      'rpc.finance.proof-of-use.get': proofId,
    },
  };
}

/** What has to be there before things of the next kind can be written. */
async function groundFor(
  fleet: TestFleet,
  operation: Operation,
  { ground, made }: { ground: Ground; made: Readonly<Record<string, string[]>> },
): Promise<Ground> {
  if (operation === createPartnership) {
    const german = await fleet.rpc(createMunicipality, { side: 'DE', officialKey: '08416041' }, OFFICER);
    const { items } = await fleet.rpc(listFieldsOfAction, {}, OFFICER);
    const keys = items.slice(0, 26).map(({ key }) => key);
    const rest = 100 - (keys.length - 1) * 3;
    const fields = keys.map((key, index) => ({ key, percent: index === 0 ? rest : 3 }));
    const partners = [german.id, ...(made['rpc.partnership.municipality.list'] ?? [])];
    return { ...ground, partners, placeOfWork: partners[1] ?? '', fields };
  }
  // First of those that need partnerships.
  if (operation === createProject) {
    const partnershipIds = made['rpc.partnership.partnership.list'] ?? [];
    return { ...ground, partnershipIds };
  }
  if (operation === createRegistration) {
    const eventId = made['rpc.events.event.list']?.[0] ?? '';
    await fleet.rpc(publishEvent, { eventId }, OFFICER, { expectedVersion: 1 });
    return { ...ground, eventId };
  }
  if (operation === createDrawdown) {
    const debtorAccount = { holder: 'Servicestelle', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' };
    const fund = await fleet.rpc(createFund, { name: long(120), debtorAccount }, BUDGET);
    return { ...ground, fundId: fund.id };
  }
  return ground;
}

async function makeAll(fleet: TestFleet, making: Making, ground: Ground): Promise<string[]> {
  const { operation, as, count, body } = making;
  const make = async (key: string): Promise<string> => {
    const { eventId } = ground;
    const request = { ...body(ground, key), ...('eventId' in operation.request.shape && { eventId }) };
    const reply = (await fleet.rpc(operation, request, as)) as { id: string };
    return reply.id;
  };
  const ids: string[] = [];
  // The first waits until the service knows what the others told it; a few at once do not overrun a busy machine.
  await eventually(async () => void ids.push(await make('first')));
  while (ids.length < count) {
    const some = Math.min(8, count - ids.length);
    ids.push(...(await Promise.all(each(some, (index) => make(`k${ids.length + index}`)))));
  }
  return ids;
}

async function bankAccountChanges(fleet: TestFleet): Promise<{ payeeId: string; ids: string[] }> {
  const account = (end: string) => ({ accountNumber: `9${end}`, bic: 'CORUTZTZ', holder: 'Amina', currency: 'USD' });
  const address = { town: 'Moshi', country: 'TZ' };
  const payee = { kind: 'SUPPLIER', name: 'Amina', address, bankAccount: account('0') } as const;
  const { id: payeeId } = await fleet.rpc(createPayee, payee, FINANCE);
  const ids: string[] = [];
  for (let index = 1; index <= 8; index++) {
    const proposal = { payeeId, bankAccount: account(String(index)), reason: long(1_000) };
    const { id, version } = await fleet.rpc(proposeBankAccountChange, proposal, FINANCE);
    const rejection = { payeeId, changeId: id, reason: long(1_000) };
    await fleet.rpc(rejectBankAccountChange, rejection, SECOND, { expectedVersion: version });
    ids.push(id);
  }
  return { payeeId, ids };
}

/** 500 receipts, 100 inventory items and every explanation: the largest thing that one person can hand in. */
async function proofOfUse(fleet: TestFleet, fundId: string): Promise<string> {
  const frame = {
    fundId,
    kind: 'INTERIM',
    ruleSet: 'BENGO',
    period: { from: '2025-01-01', to: '2026-01-01' },
  } as const;
  const plan = COST_CATEGORIES.map((category) => ({ category, planned: eur('84.00') }));
  const proof = await fleet.rpc(createProofOfUse, { ...frame, plan, ownSharePlanned: eur('1.00') }, OFFICER);
  const categoryOf = (index: number) => COST_CATEGORIES[index % COST_CATEGORIES.length] ?? 'PERSONAL';
  const receipts = each(500, (index) => ({
    number: long(60, String(index)),
    sha256: sha256(),
    payee: long(140),
    category: categoryOf(index),
    paidOn: '2025-06-01',
    amount: eur('1.00'),
  }));
  const actual = COST_CATEGORIES.map((category) => ({
    category,
    actual: eur(`${receipts.filter((it) => it.category === category).length}.00`),
    explanation: long(2_000),
  }));
  const inventory = each(100, (index) => ({
    number: long(60, String(index)),
    name: long(140),
    value: eur('1000.00'),
    acquiredOn: '2025-06-01',
    receiptNumber: long(60, String(index)),
    location: long(100),
  }));
  const submission = { proofOfUseId: proof.id, narrative: long(20_000), actual, receipts, inventory };
  const ownShareActual = eur('1.00');
  await fleet.rpc(submitProofOfUse, { ...submission, ownShareActual }, OFFICER, { expectedVersion: proof.version });
  return proof.id;
}

function letter(index: number): string {
  return String.fromCharCode(65 + (Math.floor(index) % 26));
}

function hash(key: string, index: number): number {
  return (Number(key.replaceAll(/\D/g, '') || 999) + 1) * 20 + index;
}
