import type { RequestInputOf } from '#contracts';
import {
  abandonProject,
  addMunicipalityIdentifier,
  correctMunicipality,
  countPartnerships,
  createMunicipality,
  createProject,
  declareSuccession,
  endMunicipalityIdentifier,
  endPartnership,
  getMunicipality,
  getPartnership,
  getProject,
  listMunicipalities,
  listMunicipalityChanges,
  listPartnerships,
  listSuccessions,
  municipalityRecorded,
  type MunicipalityView,
  partnershipRecorded,
  projectRecorded,
} from '#contracts/partnership';
import { caller, eventually, type TestService } from '#testing';
import {
  activate,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
  TODAY,
} from '../../test/partnership.factory';
import { newProject } from '../../test/projects.factory';

let app: TestService;
beforeAll(async () => {
  app = await startPartnership();
});
afterAll(() => app.close());

const reason = 'as the gazette says';
type Declaration = RequestInputOf<typeof declareSuccession>;

const correct = ({ id, version }: MunicipalityView, change: Partial<RequestInputOf<typeof correctMunicipality>>) =>
  app.rpc(correctMunicipality, { municipalityId: id, reason, ...change }, officer, { expectedVersion: version });
const declare = ({ id, version }: MunicipalityView, declaration: Partial<Declaration> & Pick<Declaration, 'kind'>) =>
  app.rpc(declareSuccession, { municipalityId: id, on: '2026-01-01', reason, ...declaration }, officer, {
    expectedVersion: version,
  });
const found = async (identifier: string) =>
  (await app.rpc(listMunicipalities, { identifier }, officer)).items.map(({ id }) => id);
const report = async (municipalityId: string) => ({
  listed: (await app.rpc(listPartnerships, { municipalityId }, officer)).items.map(({ id }) => id).sort(),
  counted: await app.rpc(countPartnerships, { municipalityId }, officer),
});

describe('a correction', () => {
  it('changes what was typed, keeps the reason, and reaches partnerships and the copies of other services', async () => {
    const german = await recordGerman(app, '08416041');
    const partner = await recordPartner(app, { names: { official: 'Moshy' } });
    const { id, version } = await propose(app, { german, partner });
    const corrected = await correct(partner, {
      names: { official: 'Moshi', local: null, latin: null },
      country: 'KE',
      position: { longitude: 37.33, latitude: -3.35 },
    });
    expect(corrected).toMatchObject({ name: 'Moshi', country: 'KE', version: 2, position: { latitude: -3.35 } });
    const partnership = await app.rpc(getPartnership, { partnershipId: id }, officer);
    expect(partnership).toMatchObject({ version: version + 1, participants: [{}, { name: 'Moshi', country: 'KE' }] });
    expect((await app.rpc(listMunicipalityChanges, { municipalityId: partner.id }, officer)).items).toMatchObject([
      {
        kind: 'CORRECTED',
        reason,
        before: { name: 'Moshy', country: 'TZ', latitude: null },
        after: { name: 'Moshi', country: 'KE', latitude: -3.35 },
        recordedBy: officer.subject,
      },
      { kind: 'DUPLICATE_OVERRIDDEN' },
    ]);
    await eventually(async () => {
      expect((await app.published(municipalityRecorded)).at(-1)).toMatchObject({ name: 'Moshi', country: 'KE' });
      expect((await app.published(partnershipRecorded)).at(-1)?.participants).toMatchObject([{}, { name: 'Moshi' }]);
    });
  });

  it('does not touch what the register says', async () => {
    await expect(correct(await recordGerman(app, '08111000'), { population: 1 })).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY',
    });
  });

  it('needs the version that was read, and a role', async () => {
    const partner = await recordPartner(app, { names: { official: 'Arusha' } });
    await expect(
      app.rpc(correctMunicipality, { municipalityId: partner.id, reason, population: 1 }, caller('auditor'), {
        expectedVersion: 1,
      }),
    ).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    await correct(partner, { population: 1 });
    await expect(correct(partner, { population: 2 })).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });
});

describe('an identifier', () => {
  const add = (
    { id, version }: MunicipalityView,
    identifier: { scheme: 'wikidata' | 'un:locode' | 'org:de:ags'; value: string },
  ) =>
    app.rpc(addMunicipalityIdentifier, { municipalityId: id, identifier, reason }, officer, {
      expectedVersion: version,
    });
  const end = ({ id, version }: MunicipalityView, value: string, on: string) =>
    app.rpc(endMunicipalityIdentifier, { municipalityId: id, scheme: 'wikidata', value, on, reason }, officer, {
      expectedVersion: version,
    });

  it('is ended and not overwritten, and the right one is added', async () => {
    const wrong = await recordPartner(app, {
      names: { official: 'Dodoma' },
      identifiers: [{ scheme: 'wikidata', value: 'Q111111' }],
    });
    const ended = await end(wrong, 'Q111111', '2026-11-01');
    const right = await add(ended, { scheme: 'wikidata', value: 'Q222222' });
    expect(right.identifiers).toEqual(
      expect.arrayContaining([
        { scheme: 'wikidata', value: 'Q111111', validFrom: null, validTo: '2026-11-01' },
        { scheme: 'wikidata', value: 'Q222222', validFrom: null, validTo: null },
      ]),
    );
    expect((await app.rpc(listMunicipalityChanges, { municipalityId: right.id }, officer)).items).toMatchObject([
      { kind: 'IDENTIFIER_ADDED', identifier: { scheme: 'wikidata', value: 'Q222222', on: null }, before: null },
      { kind: 'IDENTIFIER_ENDED', identifier: { scheme: 'wikidata', value: 'Q111111', on: '2026-11-01' } },
      { kind: 'DUPLICATE_OVERRIDDEN', identifier: null },
    ]);
    await expect(end(right, 'Q111111', '2026-11-02')).rejects.toMatchObject({
      code: 'PARTNERSHIP_IDENTIFIER_NOT_VALID',
      errors: [{ pointer: '#/on' }],
    });
  });

  it('is refused when another bears it, or it cannot be its own', async () => {
    const one = await recordPartner(app, {
      names: { official: 'Iringa' },
      identifiers: [{ scheme: 'wikidata', value: 'Q333333' }],
    });
    const other = await recordPartner(app, { names: { official: 'Mbeya' } });
    await expect(add(other, { scheme: 'wikidata', value: 'Q333333' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
      details: { municipalityId: one.id },
    });
    await expect(add(other, { scheme: 'un:locode', value: 'KEMBA' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_IDENTIFIER_INVALID',
    });
    await expect(add(other, { scheme: 'org:de:ags', value: '05334003' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_IDENTIFIER_INVALID',
    });
  });
});

describe('a duplicate', () => {
  it.each([
    [{ official: 'Bukoba' }, { official: 'Bukoba' }],
    [{ official: 'Kigoma Ujiji' }, { official: 'Kigoma-Ujiji' }],
    [{ official: 'Sumbawanga' }, { official: 'Sumbawonga' }],
    [
      { official: 'Bandar', local: 'بندر' },
      { official: 'Elsewhere', local: 'بندر' },
    ],
  ])('is proposed before it is made: %j beside %j', async (first, second) => {
    const { id } = await create(first);
    await expect(create(second)).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_DUPLICATE_LIKELY',
      details: { municipalityIds: [id] },
    });
    const other = await create(second, 'the district beside the town');
    expect((await app.rpc(listMunicipalityChanges, { municipalityId: other.id }, officer)).items).toMatchObject([
      { kind: 'DUPLICATE_OVERRIDDEN', reason: 'the district beside the town' },
    ]);
  });

  const create = (names: { official: string; local?: string }, duplicateReason?: string) =>
    app.rpc(
      createMunicipality,
      {
        side: 'PARTNER',
        names,
        country: 'TZ',
        kind: 'CITY',
        ...(duplicateReason !== undefined && { duplicateReason }),
      },
      officer,
    );
});

describe('a German association', () => {
  const association = {
    side: 'DE',
    kind: 'ASSOCIATION',
    names: { official: 'Zweckverband Abfall Südwest' },
    land: '08',
  } as const;

  it('is recorded by its name with what it is founded on, and can be corrected', async () => {
    const recorded = await app.rpc(
      createMunicipality,
      { ...association, associationReason: 'statutes of 1 May 1998' },
      officer,
    );
    expect(recorded).toMatchObject({ side: 'DE', kind: 'ASSOCIATION', country: 'DE', land: { key: '08' } });
    expect((await app.rpc(listMunicipalityChanges, { municipalityId: recorded.id }, officer)).items).toMatchObject([
      { kind: 'ASSOCIATION_RECORDED', reason: 'statutes of 1 May 1998' },
    ]);
    await expect(correct(recorded, { country: 'AT' })).rejects.toMatchObject({ errors: [{ pointer: '#/country' }] });
    expect(await correct(recorded, { population: 4 })).toMatchObject({ population: 4 });
  });

  it('is refused without', async () => {
    await expect(app.rpc(createMunicipality, association, officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_INCOMPLETE',
      errors: [{ pointer: '#/associationReason' }],
    });
  });
});

describe('a succession', () => {
  it('of A and B into C gives the same reports and the same search by every key', async () => {
    const german = await recordGerman(app, '05334002');
    const town = (name: string, value: string) =>
      recordPartner(app, { names: { official: name }, country: 'GH', identifiers: [{ scheme: 'geonames', value }] });
    const [a, b, c] = [
      await town('Sekondi', '1000001'),
      await town('Takoradi', '1000002'),
      await town('Effiakuma', '1000003'),
    ];
    const withA = await activate(app, { german, partner: a });
    const withB = await activate(app, { german, partner: b });
    const withBoth = await propose(
      app,
      { german, partner: a },
      {
        participants: [german, a, b].map(({ id }) => ({ municipalityId: id })),
      },
    );
    const project = await app.rpc(createProject, newProject(withA.id, { german, partner: a }), officer);
    const closed = await app.rpc(createProject, newProject(withA.id, { german, partner: a }), officer);
    await app.rpc(abandonProject, { projectId: closed.id, reason }, officer, { expectedVersion: closed.version });
    const past = await propose(app, { german, partner: a });
    await app.rpc(endPartnership, { partnershipId: past.id }, officer, { expectedVersion: past.version });

    expect(await declare(a, { kind: 'MERGER', successorIds: [c.id] })).toMatchObject({ endedOn: '2026-01-01' });
    await declare(b, { kind: 'MERGER', successorIds: [c.id] });

    const all = [withA.id, withB.id, withBoth.id, past.id].sort();
    for (const { id } of [a, b, c]) {
      const { listed, counted } = await report(id);
      expect(listed).toEqual(all);
      expect(counted).toMatchObject({ partnerships: 4, countries: [{ country: 'GH', partnerships: 4 }] });
    }
    for (const key of ['1000001', '1000002', '1000003']) expect(await found(`geonames:${key}`)).toEqual([c.id]);
    const participantsOf = async (partnershipId: string) =>
      (await app.rpc(getPartnership, { partnershipId }, officer)).participants.map(({ name }) => name);
    expect(await participantsOf(withA.id)).toEqual([german.name, 'Effiakuma']);
    expect(await participantsOf(withBoth.id)).toEqual([german.name, 'Effiakuma']);
    expect(await participantsOf(past.id)).toEqual([german.name, 'Sekondi']);
    await eventually(async () => {
      const told = (await app.published(partnershipRecorded)).filter(({ partnershipId }) => partnershipId === withA.id);
      expect(told.at(-1)?.participants).toMatchObject([{}, { municipalityId: c.id, name: 'Effiakuma' }]);
    });
    // What is open is carried on by whom its town went into, and says whose it was.
    expect(await app.rpc(getProject, { projectId: project.id }, officer)).toMatchObject({
      ownerMunicipalityId: c.id,
      formerOwners: [{ municipalityId: a.id, name: 'Sekondi', until: '2026-01-01' }],
      version: project.version + 1,
    });
    expect(await app.rpc(getProject, { projectId: closed.id }, officer)).toMatchObject({
      ownerMunicipalityId: a.id,
      formerOwners: [],
    });
    await eventually(async () => {
      const told = (await app.published(projectRecorded)).filter(({ projectId }) => projectId === project.id);
      expect(told.at(-1)).toMatchObject({ ownerMunicipalityId: c.id });
    });
    expect((await app.rpc(listSuccessions, { municipalityId: c.id }, officer)).items).toMatchObject([
      { kind: 'MERGER', municipality: { name: 'Sekondi' }, successors: [{ name: 'Effiakuma' }] },
      { kind: 'MERGER', municipality: { name: 'Takoradi' }, successors: [{ name: 'Effiakuma' }] },
    ]);
    // Who records something new is told the way on.
    await expect(propose(app, { german, partner: a })).rejects.toMatchObject({
      code: 'PARTNERSHIP_PARTICIPANT_ENDED',
      details: { municipalityId: a.id, endedOn: '2026-01-01', successorIds: [c.id] },
    });
    const ended = await app.rpc(getMunicipality, { municipalityId: a.id }, officer);
    expect(ended.identifiers).toMatchObject([{ value: '1000001', validTo: '2026-01-01' }]);
    await expect(correct(ended, { population: 1 })).rejects.toMatchObject({ code: 'PARTNERSHIP_MUNICIPALITY_ENDED' });
  });

  it.each([
    ['Eisenach', '16063105', '16056000', '2021-07-01'],
    ['Hanau', '06415000', '06435014', '2026-01-01'],
  ])('of %s is known to the register: one body by the old and the new key', async (_, newKey, oldKey, on) => {
    const recorded = await recordGerman(app, oldKey);
    expect(recorded.identifiers).toEqual(
      expect.arrayContaining([
        { scheme: 'org:de:ags', value: newKey, validFrom: on, validTo: null },
        { scheme: 'org:de:ags', value: oldKey, validFrom: null, validTo: on },
      ]),
    );
    await expect(recordGerman(app, newKey)).rejects.toMatchObject({ details: { municipalityId: recorded.id } });
    const partner = await recordPartner(app, { names: { official: `Partner of ${newKey}` } });
    const { id } = await activate(app, { german: recorded, partner });
    for (const key of [oldKey, newKey]) {
      const [municipalityId = ''] = await found(`org:de:ags:${key}`);
      expect((await report(municipalityId)).listed).toEqual([id]);
    }
  });

  it('renumbers a German municipality, which is found by both keys', async () => {
    const old = await recordGerman(app, '05770032');
    const after = await declare(old, { kind: 'RENUMBERING', officialKey: '05770036', on: '2025-01-01' });
    expect(after.identifiers).toEqual(
      expect.arrayContaining([
        { scheme: 'org:de:ags', value: '05770032', validFrom: null, validTo: '2025-01-01' },
        { scheme: 'org:de:ags', value: '05770036', validFrom: '2025-01-01', validTo: null },
      ]),
    );
    expect(await found('org:de:ags:05770032')).toEqual(await found('org:de:ags:05770036'));
    // As people write it, and as a spreadsheet leaves it.
    for (const q of ['05 770 032', '5770032', '5770036'])
      expect((await app.rpc(listMunicipalities, { q }, officer)).items.map(({ id }) => id)).toEqual([old.id]);
  });

  it('renames a partner municipality from a day on', async () => {
    const old = await recordPartner(app, { names: { official: 'Port Elizabeth' }, country: 'ZA' });
    const names = { official: 'Gqeberha', local: null, latin: null };
    expect(await declare(old, { kind: 'RENAMING', names, on: '2021-02-23' })).toMatchObject({
      name: 'Gqeberha',
      endedOn: null,
    });
    expect((await app.rpc(listSuccessions, { municipalityId: old.id }, officer)).items).toMatchObject([
      { kind: 'RENAMING', nameBefore: 'Port Elizabeth', nameAfter: 'Gqeberha', reason },
    ]);
  });

  it('is refused on a day to come, with the wrong number of successors, or what belongs to the other side', async () => {
    const [one, two] = [
      await recordPartner(app, { names: { official: 'Tanga' } }),
      await recordPartner(app, { names: { official: 'Lindi' } }),
    ];
    const faults: [Parameters<typeof declare>[1], string][] = [
      [{ kind: 'MERGER', successorIds: [two.id], on: '2026-12-01' }, '#/on'],
      [{ kind: 'MERGER' }, '#/successorIds'],
      [{ kind: 'SPLIT', successorIds: [two.id] }, '#/successorIds'],
      [{ kind: 'MERGER', successorIds: [one.id] }, '#/successorIds'],
      [{ kind: 'RENAMING', successorIds: [two.id], names: { official: 'X' } }, '#/successorIds'],
      [{ kind: 'RENAMING' }, '#/names'],
      [{ kind: 'RENUMBERING' }, '#/kind'],
      [{ kind: 'RENUMBERING', officialKey: '05770036' }, '#/officialKey'],
    ];
    for (const [declaration, pointer] of faults) {
      await expect(declare(one, declaration)).rejects.toMatchObject({
        code: 'PARTNERSHIP_SUCCESSION_INVALID',
        errors: expect.arrayContaining([expect.objectContaining({ pointer })]) as unknown,
      });
    }
    expect(TODAY).toBe('2026-11-27');
  });

  it('cannot be altered or taken back in the database', async () => {
    for (const table of [
      'project_former_owner',
      'municipality_succession',
      'municipality_succession_heir',
      'municipality_change',
    ])
      await expect(app.database.query(`DELETE FROM ${table}`)).rejects.toThrow('permission denied');
  });
});
