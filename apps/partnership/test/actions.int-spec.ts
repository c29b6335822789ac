import type { Role } from '#contracts';
import {
  createMunicipality,
  createPartnershipImport,
  getMunicipality,
  getPartnership,
  getPartnershipImport,
  ImportStatus,
  listMunicipalityActions,
  listMunicipalityContacts,
  listPartnershipActions,
  listPartnershipImportActions,
  listProjectActions,
  listProjectEvidence,
  listResultActions,
  PartnershipStatus,
  ProjectStatus,
  recordAgreement,
  recordMunicipalityContact,
  ResultStatus,
} from '#contracts/partnership';
import { caller, type TestCaller, type TestService, walkActions } from '#testing';
import {
  activate,
  charter,
  newPartnership,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
} from './partnership.factory';
import {
  author,
  eur,
  newProject,
  passGate,
  projectOf,
  propose as proposeProject,
  putBeforeGate,
} from './projects.factory';
import { locker, number, people, recorder, ResultsAtWork } from './results.factory';

let app: TestService;

beforeAll(async () => {
  app = await startPartnership();
}, 60_000);
afterAll(() => app.close());

it('tells of a partnership what its acts do, in every state and for every role', async () => {
  const german = await recordGerman(app);
  // Another one each time: a change that says nothing new is refused.
  let changes = 0;
  let link = { german, partner: german };
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listPartnershipActions,
    walks: 12,
    async start() {
      const partner = await recordPartner(app, { names: { official: `Moshi ${crypto.randomUUID()}` } });
      const { id } = await propose(app, { german, partner });
      await app.rpc(recordAgreement, charter(id), officer);
      const callers: Partial<Record<Role, TestCaller>> = {
        'programme-officer': officer,
        adviser: caller('adviser'),
        auditor: caller('auditor'),
        'municipality-de': caller('municipality-de', { municipalityId: german.id }),
        'municipality-partner': caller('municipality-partner', { municipalityId: partner.id }),
      };
      link = { german, partner };
      return { id, callers };
    },
    status: async (partnershipId) => (await app.rpc(getPartnership, { partnershipId }, officer)).status,
    requests: {
      partnership_activate: () => ({}),
      partnership_suspend: () => ({}),
      partnership_end: () => ({}),
      partnership_change: () => {
        changes += 1;
        return { ...newPartnership(link), languages: [changes % 2 === 0 ? 'fr' : 'es'], reason: 'typed wrong' };
      },
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...PartnershipStatus.options].sort());
  // 4 states x 4 acts x 5 roles.
  expect(cells.size).toBe(80);
}, 120_000);

const PERSON = { name: 'Amina Mwakyusa', function: 'Head of waste management', email: 'amina@moshi.example' };
const CONSENT = { givenOn: '2026-11-01', evidence: 'file 7/3' };

async function recordContacts(municipalityId: string, count: number): Promise<string[]> {
  let { version } = await app.rpc(getMunicipality, { municipalityId }, officer);
  for (let index = 0; index < count; index += 1) {
    const request = { municipalityId, person: PERSON, consent: CONSENT };
    ({ version } = await app.rpc(recordMunicipalityContact, request, officer, { expectedVersion: version }));
  }
  return (await app.rpc(listMunicipalityContacts, { municipalityId }, officer)).items.map(({ id }) => id);
}

it('tells of a municipality what its acts do, before and after its end, and of one of the register', async () => {
  let [walk, next] = [0, 1_000_000];
  let heir = '';
  // Each ending takes another one.
  let borne: string[] = [];
  let contacts: string[] = [];
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listMunicipalityActions,
    walks: 12,
    steps: 6,
    async start() {
      walk += 1;
      borne = Array.from({ length: 20 }, () => `Q${(next += 1)}`);
      const identifiers = borne.map((value) => ({ scheme: 'wikidata' as const, value }));
      ({ id: heir } = await recordPartner(app, { names: { official: `Heir ${crypto.randomUUID()}` } }));
      const { id } =
        walk === 1
          ? await app.rpc(createMunicipality, { side: 'DE', officialKey: '05315000', identifiers }, officer)
          : await recordPartner(app, { names: { official: `Walk ${crypto.randomUUID()}` }, identifiers });
      const callers: Partial<Record<Role, TestCaller>> = {
        'programme-officer': officer,
        adviser: caller('adviser'),
        auditor: caller('auditor'),
        'data-protection-officer': caller('data-protection-officer'),
        'municipality-partner': caller('municipality-partner', { municipalityId: id }),
      };
      contacts = await recordContacts(id, 6);
      if (walk === 1) ({ id: heir } = await recordGerman(app, '05334002'));
      return { id, callers };
    },
    status: async (municipalityId) => {
      const { endedOn, side } = await app.rpc(getMunicipality, { municipalityId }, officer);
      return endedOn === null ? side : 'ENDED';
    },
    requests: {
      municipality_correct: () => ({ population: 5, reason: 'counted again' }),
      'municipality-contact_record': () => ({ person: PERSON, consent: CONSENT }),
      'municipality-contact_withdraw': () => ({ contactId: contacts.pop() }),
      'municipality-identifier_add': () => ({
        identifier: { scheme: 'wikidata', value: `Q${(next += 1)}` },
        reason: 'found',
      }),
      'municipality-identifier_end': () => ({
        scheme: 'wikidata',
        value: borne.pop(),
        on: '2026-01-01',
        reason: 'wrong',
      }),
      'municipality-succession_declare': () => ({
        kind: 'MERGER',
        on: '2026-01-01',
        successorIds: [heir],
        reason: 'by law',
      }),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual(['DE', 'ENDED', 'PARTNER']);
  // 3 states x 6 acts x 5 roles.
  expect(cells.size).toBe(90);
}, 120_000);

it('tells of a project what its acts do, in every state and for every role', async () => {
  const german = await recordGerman(app, '09162000');
  const partner = await recordPartner(app, { names: { official: `Durban ${crypto.randomUUID()}` } });
  const link = { german, partner };
  const { id: partnershipId } = await activate(app, link);
  const { partnershipId: _, ...content } = newProject(partnershipId, link);
  const item = { item: 'owner-named', title: 'Matrix', reference: 'File 2' };
  let walk = 0;
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listProjectActions,
    walks: 16,
    steps: 6,
    async start() {
      const { id } = await proposeProject(app, newProject(partnershipId, link));
      walk += 1;
      // Begins in all states: behind the last gate nothing is left to do, and where two approve one of them has.
      const passed = { 0: 7, 1: 3 }[walk % 4] ?? 0;
      for (let gate = 0; gate < passed; gate += 1) await passGate(app, id);
      if (walk % 4 < 3) await putBeforeGate(app, id);
      if (walk % 8 === 0) await passGate(app, id);
      const { fundingSources } = await projectOf(app, id);
      const { items } = await app.rpc(listProjectEvidence, { projectId: id }, officer);
      const callers = {
        'programme-officer': officer,
        adviser: caller('adviser', { subject: `walker-${walk}` }),
        author,
        auditor: caller('auditor'),
        'municipality-de': caller('municipality-de', { municipalityId: german.id }),
        'municipality-partner': caller('municipality-partner', { municipalityId: partner.id }),
      };
      return {
        id,
        callers,
        besides: { evidenceId: items[0]?.id ?? '', sourceId: fundingSources[0]?.id ?? crypto.randomUUID() },
      };
    },
    status: async (projectId) => (await projectOf(app, projectId)).status,
    requests: {
      project_change: () => content,
      project_hold: () => ({ reason: 'elections' }),
      project_resume: () => ({}),
      project_abandon: () => ({ reason: 'no land' }),
      'project_hand-over': () => ({ facility: 'Gap Fund', reason: 'chosen' }),
      'project-evidence_record': () => item,
      'project-evidence_withdraw': () => ({ reason: 'wrong' }),
      'gate-review_request': () => ({}),
      'gate-review_decide': () => ({ verdict: 'PASS' }),
      'funding-source_add': () => ({ kind: 'GRANT', financier: 'State', amount: eur('1.00') }),
      'funding-source_change': () => ({ status: 'IN_TALKS', note: 'changed' }),
      scorecard_record: () => ({ scores: [{ criterion: 'need', score: 2, justification: 'seen' }] }),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...ProjectStatus.options].sort());
  expect(cells.size).toBeGreaterThan(300);
}, 240_000);

it('tells of a result what its acts do, in every state and for every role', async () => {
  const german = await recordGerman(app, '02000000');
  const partner = await recordPartner(app, { names: { official: `Tunis ${crypto.randomUUID()}` }, country: 'TN' });
  const { id: partnershipId } = await activate(app, { german, partner });
  const results = new ResultsAtWork(app);
  const { title, sdgTargets } = people;
  let walk = 0;
  let asked: Record<'figure' | 'locked', Record<string, unknown>> = { figure: {}, locked: {} };
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listResultActions,
    walks: 10,
    steps: 6,
    async start() {
      walk += 1;
      const result = await results.of([partnershipId]);
      await results.observe(result, number('5'));
      if (walk % 2 === 0) await results.lock(result);
      const callers = {
        'programme-officer': locker,
        adviser: caller('adviser', { subject: `walker-${walk}` }),
        author: recorder,
        auditor: caller('auditor'),
        'municipality-de': caller('municipality-de', { municipalityId: german.id }),
        'municipality-partner': caller('municipality-partner', { municipalityId: partner.id }),
      };
      const [indicatorId, periodId] = [result.indicators[0]?.id ?? '', result.periods[0]?.id ?? ''];
      const { source, value } = results.figure(result, number('5'));
      const figure = { indicatorId, periodId, kind: 'ACTUAL', value, source };
      asked = { figure, locked: { ...figure, reason: 'recount' } };
      return { id: result.id, callers, besides: { indicatorId, periodId } };
    },
    status: async (resultId) => (await results.read(resultId)).status,
    requests: {
      result_change: () => ({ type: 'IMPACT', title, description: 'More' }),
      'result_set-origins': () => ({ origins: [{ partnershipId }] }),
      result_withdraw: () => ({ reason: 'twice' }),
      'result-indicator_add': () => people,
      'result-indicator_change': () => ({ title, sdgTargets, baseline: null }),
      'result-period_add': () => ({ from: '2020-01-01', to: '2021-01-01' }),
      'result-period_lock': () => ({}),
      'result-figure_record': () => asked.figure,
      'result-figure_correct': () => asked.locked,
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...ResultStatus.options].sort());
  // 2 states x 9 acts x 6 persons.
  expect(cells.size).toBe(108);
}, 120_000);

it('tells of an import what its acts do, in every state and for every role', async () => {
  const german = await recordGerman(app, '11000000');
  const defaults = {
    languages: ['en'],
    fieldsOfAction: [{ key: 'health', percent: 100 }],
    partnerKind: 'CITY' as const,
  };
  const open = () =>
    app.rpc(
      createPartnershipImport,
      {
        fileName: 'walk.csv',
        header: ['AGS', 'Partner', 'Land', 'Art'],
        rows: [['11000000', `Corinto ${crypto.randomUUID().replaceAll('-', ' ')}`, 'NI', 'Kontakt']],
        defaults,
      },
      officer,
    );
  let reportHash = '';
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listPartnershipImportActions,
    walks: 12,
    async start() {
      const opened = await open();
      ({ reportHash } = opened);
      return {
        id: opened.id,
        callers: {
          'programme-officer': officer,
          adviser: caller('adviser'),
          auditor: caller('auditor'),
          'municipality-de': caller('municipality-de', { municipalityId: german.id }),
        },
      };
    },
    status: async (importId) => {
      const now = await app.rpc(getPartnershipImport, { importId }, officer);
      ({ reportHash } = now);
      return now.status;
    },
    requests: {
      'partnership-import_change-reading': () => ({
        columns: { germanKey: 0, partnerName: 1, country: 2, kind: 3 },
        defaults,
      }),
      'partnership-import_repair': () => ({ repairs: [{ rows: [2], field: 'kind', value: 'FRIENDSHIP' }] }),
      'partnership-import_check': () => ({}),
      'partnership-import_run': () => ({ reportHash }),
      'partnership-import_discard': () => ({}),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...ImportStatus.options].sort());
  // 3 states x 5 acts x 4 roles.
  expect(cells.size).toBe(60);
}, 120_000);
