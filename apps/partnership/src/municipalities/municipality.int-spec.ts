import type { RequestInputOf } from '#contracts';
import { createMunicipality, getMunicipality, listMunicipalities, municipalityRecorded } from '#contracts/partnership';
import { caller, eventually, type TestService } from '#testing';
import {
  activate,
  auditor,
  officer,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';

describe('recording a municipality', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  const create = (request: RequestInputOf<typeof createMunicipality>) => app.rpc(createMunicipality, request, officer);

  it('takes a German one from the register, with the leading zero of its AGS', async () => {
    const tuebingen = await recordGerman(app, '08416041');
    expect(tuebingen).toMatchObject({
      version: 1,
      side: 'DE',
      kind: 'CITY',
      name: 'Tübingen, Universitätsstadt',
      country: 'DE',
      land: { key: '08', name: 'Baden-Württemberg' },
      designation: 'Große Kreisstadt',
      population: 91_506,
      populationOn: '2020-12-31',
      identifiers: [
        { scheme: 'org:de:ags', value: '08416041' },
        { scheme: 'org:de:ars', value: '084160041041' },
      ],
    });
    expect(await app.rpc(getMunicipality, { municipalityId: tuebingen.id }, auditor)).toEqual(tuebingen);
    await eventually(async () => {
      expect(await app.published(municipalityRecorded)).toContainEqual({
        municipalityId: tuebingen.id,
        name: 'Tübingen, Universitätsstadt',
        kind: 'CITY',
        country: 'DE',
        side: 'DE',
        population: 91_506,
      });
    });
  });

  it('takes a district by its key of 5 digits', async () => {
    expect(await recordGerman(app, '08236')).toMatchObject({
      kind: 'DISTRICT',
      name: 'Enzkreis',
      designation: 'Landkreis',
      identifiers: [{ scheme: 'org:de:kreis', value: '08236' }],
    });
  });

  it('answers a second creation with the id of the first, under either key of the same body', async () => {
    const bremen = await recordGerman(app, '04011000');
    expect(bremen.identifiers.map(({ scheme }) => scheme)).toEqual(['org:de:ags', 'org:de:ars', 'org:de:kreis']);
    for (const key of ['04011000', '04011']) {
      await expect(recordGerman(app, key)).rejects.toMatchObject({
        code: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
        details: { municipalityId: bremen.id },
      });
    }
  });

  it('records one when many create it at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => recordGerman(app, '08118048')));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'PARTNERSHIP_MUNICIPALITY_EXISTS' });
    }
  });

  it('gives each of many that come at once its own outcome', async () => {
    const wikidata = { scheme: 'wikidata', value: 'Q61942' } as const;
    const answers = await Promise.allSettled([
      recordPartner(app, { identifiers: [wikidata] }),
      recordPartner(app, { identifiers: [{ scheme: 'un:locode', value: 'DEBRE' }] }),
      recordPartner(app),
      recordGerman(app, '99999999'),
      recordGerman(app, '08111000'),
    ]);
    const codes = answers.map((it) =>
      it.status === 'rejected' ? (it.reason as { code: string }).code : it.value.side,
    );
    expect(codes).toEqual([
      'PARTNER',
      'PARTNERSHIP_IDENTIFIER_INVALID',
      'PARTNER',
      'PARTNERSHIP_REGISTER_KEY_UNKNOWN',
      'DE',
    ]);
    const twins = await Promise.allSettled([1, 2, 3].map(() => recordPartner(app, { identifiers: [wikidata] })));
    expect(twins.every((it) => it.status === 'rejected')).toBe(true);
  });

  it('refuses a German one that is typed, unknown or unincorporated', async () => {
    await expect(
      create({ side: 'DE', officialKey: '05334002', names: { official: 'Aachen' }, kind: 'CITY' }),
    ).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY',
      errors: [{ pointer: '#/names' }, { pointer: '#/kind' }],
    });
    await expect(create({ side: 'DE' })).rejects.toMatchObject({ errors: [{ pointer: '#/officialKey' }] });
    await expect(recordGerman(app, '99999999')).rejects.toMatchObject({ code: 'PARTNERSHIP_REGISTER_KEY_UNKNOWN' });
    await expect(recordGerman(app, '01053105')).rejects.toMatchObject({
      code: 'PARTNERSHIP_REGISTER_ENTRY_UNINCORPORATED',
    });
    await expect(recordGerman(app, '8416041')).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    await expect(
      create({ side: 'DE', officialKey: '05334002', identifiers: [{ scheme: 'org:de:ags', value: '05334003' }] }),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_IDENTIFIER_INVALID' });
  });

  it('keeps the names and identifiers of a partner one', async () => {
    const monastir = await recordPartner(app, {
      names: { official: 'Monastir', local: 'المنستير', latin: 'Al-Munastir' },
      country: 'TN',
      population: 93_306,
      populationOn: '2014-04-23',
      identifiers: [
        { scheme: 'geonames', value: '2473493' },
        { scheme: 'un:locode', value: 'TNMIR', validFrom: '1996-01-01' },
        { scheme: 'wikidata', value: 'Q244320' },
      ],
    });
    expect(monastir).toMatchObject({
      side: 'PARTNER',
      name: 'Monastir',
      names: { local: 'المنستير', latin: 'Al-Munastir' },
      land: null,
      population: 93_306,
    });
    expect(monastir.identifiers).toContainEqual({
      scheme: 'un:locode',
      value: 'TNMIR',
      validFrom: '1996-01-01',
      validTo: null,
    });
    expect((await app.rpc(listMunicipalities, { q: 'al munastir' }, officer)).items).toMatchObject([
      { id: monastir.id },
    ]);
  });

  it('refuses a partner one without names, of no known country, or of Germany', async () => {
    await expect(create({ side: 'PARTNER', country: 'TZ' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_INCOMPLETE',
      errors: [{ pointer: '#/names' }, { pointer: '#/kind' }],
    });
    await expect(recordPartner(app, { country: 'ZZ' })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/country' }],
    });
    await expect(recordPartner(app, { country: 'DE' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    });
  });

  it.each([
    ['geonames', '0153209'],
    ['geonames', 'moshi'],
    ['un:locode', 'TZM'],
    ['un:locode', 'tzmsh'],
    ['wikidata', '153209'],
    ['org:de:ags', '0841604'],
    ['org:de:ars', '08416004104'],
    ['org:de:kreis', '8416'],
  ] as const)('refuses the identifier %s %s', async (scheme, value) => {
    await expect(recordPartner(app, { identifiers: [{ scheme, value }] })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/identifiers/0/value' }],
    });
  });

  it('refuses official German keys, foreign UN/LOCODEs and repeated identifiers on the partner side', async () => {
    for (const identifiers of [
      [{ scheme: 'org:de:ags', value: '05334002' }],
      [{ scheme: 'un:locode', value: 'KEMSH' }],
      [
        { scheme: 'geonames', value: '153209' },
        { scheme: 'geonames', value: '153209' },
      ],
    ] as const) {
      await expect(recordPartner(app, { identifiers: [...identifiers] })).rejects.toMatchObject({
        code: 'PARTNERSHIP_IDENTIFIER_INVALID',
      });
    }
  });

  it('gives an identifier to one municipality at a time', async () => {
    const geonames = { scheme: 'geonames', value: '160263' } as const;
    const old = await recordPartner(app, { identifiers: [{ ...geonames, validTo: '2020-01-01' }] });
    await expect(recordPartner(app, { identifiers: [geonames] })).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
      details: { municipalityId: old.id, scheme: 'geonames' },
    });
    const successor = await recordPartner(app, { identifiers: [{ ...geonames, validFrom: '2020-01-01' }] });
    const valid = await app.rpc(listMunicipalities, { identifier: 'geonames:160263' }, officer);
    expect(valid.items.map(({ id }) => id)).toEqual([successor.id]);
  });

  it('takes an id that the client chose, once', async () => {
    const id = '0192d4e0-0000-7000-8000-000000000001';
    expect(await recordPartner(app, { id, names: { official: 'Kumasi' }, country: 'GH' })).toMatchObject({ id });
    await expect(recordPartner(app, { id })).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS' });
  });

  it('answers a repeated request from its idempotency key', async () => {
    const request = { side: 'PARTNER', names: { official: 'Matagalpa' }, country: 'NI', kind: 'CITY' } as const;
    const first = await app.rpc(createMunicipality, request, officer, { idempotencyKey: 'matagalpa-1' });
    const second = await app.rpc(createMunicipality, request, officer, { idempotencyKey: 'matagalpa-1' });
    expect(second).toEqual(first);
  });

  it('is for programme officers and advisers', async () => {
    const request = { side: 'DE', officialKey: '05314000' } as const;
    for (const role of ['auditor', 'municipality-de', 'municipality-partner', 'expert', 'finance-officer'] as const) {
      await expect(app.rpc(createMunicipality, request, caller(role))).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
    }
    await app.rpc(createMunicipality, request, caller('adviser'));
  });
});

describe('a name in the local script', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  it.each([
    ['Шабац', 'Šabac', 'RS'],
    ['Львів', 'Lviv', 'UA'],
    ['صفاقس', 'Sfax', 'TN'],
    ['西安', "Xi'an", 'CN'],
    ['თბილისი', 'Tbilisi', 'GE'],
  ])('finds %s as it is written at home, and by its beginning', async (local, official, country) => {
    const { id } = await recordPartner(app, { names: { official, local }, country });
    const beginning = local.slice(0, Math.max(1, local.length - 1));
    for (const q of [local, beginning]) {
      expect((await app.rpc(listMunicipalities, { q }, officer)).items.map((each) => each.id)).toEqual([id]);
    }
  });
});

describe('finding municipalities', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  it('ignores accents and tolerates typing errors', async () => {
    const { id } = await recordGerman(app, '08416041');
    await recordGerman(app, '05315000');
    for (const q of ['Tübingen', 'Tubingen', 'Tübigen', 'tuebingen']) {
      expect((await app.rpc(listMunicipalities, { q }, officer)).items[0]).toMatchObject({ id });
    }
    expect((await app.rpc(listMunicipalities, { q: 'Ouagadougou' }, officer)).items).toEqual([]);
  });

  it('filters and sorts', async () => {
    await recordPartner(app, { names: { official: 'Kongoussi' }, country: 'BF', kind: 'MUNICIPALITY' });
    const sorted = await app.rpc(listMunicipalities, { sort: ['-name'] }, officer);
    expect(sorted.items.map(({ name }) => name)).toEqual(['Tübingen, Universitätsstadt', 'Kongoussi', 'Köln, Stadt']);
    const partners = await app.rpc(
      listMunicipalities,
      { side: 'PARTNER', country: ['BF', 'TZ'], kind: ['MUNICIPALITY'] },
      officer,
    );
    expect(partners.items).toMatchObject([{ name: 'Kongoussi' }]);
    expect((await app.rpc(listMunicipalities, { identifier: 'org:de:ags:05315000' }, officer)).items).toHaveLength(1);
  });

  it('tells an expert what is known of a town, and not which there are', async () => {
    const town = await recordPartner(app, { names: { official: 'Kongoussi' }, country: 'BF' });
    const expert = caller('expert', { expertId: town.id });
    expect(await app.rpc(getMunicipality, { municipalityId: town.id }, expert)).toMatchObject({ name: 'Kongoussi' });
    await expect(app.rpc(listMunicipalities, {}, expert)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('shows a municipality user its own one and its partners, and nothing else', async () => {
    const jena = await recordGerman(app, '16053000');
    const sanMarcos = await recordPartner(app, { names: { official: 'San Marcos' }, country: 'NI' });
    const stranger = await recordPartner(app, { names: { official: 'Jinotega' }, country: 'NI' });
    await activate(app, { german: jena, partner: sanMarcos });
    const user = caller('municipality-partner', { municipalityId: sanMarcos.id });

    expect(await app.rpc(getMunicipality, { municipalityId: jena.id }, user)).toEqual(jena);
    expect(await app.rpc(getMunicipality, { municipalityId: sanMarcos.id }, user)).toEqual(sanMarcos);
    const own = await app.rpc(listMunicipalities, {}, user);
    expect(own.items.map(({ id }) => id).sort()).toEqual([jena.id, sanMarcos.id].sort());
    for (const who of [user, caller('municipality-partner')]) {
      await expect(app.rpc(getMunicipality, { municipalityId: stranger.id }, who)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
    }
  });
});
