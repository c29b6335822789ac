import { type TestService } from '#testing';
import { type Imports, importsOf } from '../../test/imports.factory';
import { propose, recordGerman, recordPartner, startPartnership } from '../../test/partnership.factory';

let app: TestService;
let imports: Imports;

beforeAll(async () => {
  app = await startPartnership();
  imports = importsOf(app);
}, 60_000);
afterAll(() => app.close());

describe('a row', () => {
  it.each<[string, string[], (string | undefined)[][]]>([
    [
      'key without its zero and without a name',
      ['8416041', '', 'Arusha', 'TZ', 'Kontakt'],
      [['germanKey', 'KEY_WITHOUT_ZERO', '08416041']],
    ],
    [
      'unknown key beside a name',
      ['99999999', 'Tübigen', 'Arusha', 'TZ', 'Kontakt'],
      [['germanKey', 'KEY_UNKNOWN', '08416041']],
    ],
    [
      'unincorporated area',
      ['01053105', '', 'Arusha', 'TZ', 'Kontakt'],
      [['germanKey', 'KEY_UNINCORPORATED', undefined]],
    ],
    [
      'key and name of two towns',
      ['08416041', 'Köln', 'Arusha', 'TZ', 'Kontakt'],
      [['germanName', 'NAME_CONTRADICTS', '08416041']],
    ],
    [
      'name of several places',
      ['', 'Freiburg', 'Arusha', 'TZ', 'Kontakt'],
      [['germanName', 'NAME_AMBIGUOUS', '08311000']],
    ],
    ['name of no place', ['', 'Xyzzyqq', 'Arusha', 'TZ', 'Kontakt'], [['germanName', 'NAME_UNKNOWN', undefined]]],
    ['nothing on the German side', ['', '', 'Arusha', 'TZ', 'Kontakt'], [['germanKey', 'MISSING', undefined]]],
    [
      'country that is misspelt',
      ['08416041', '', 'Arusha', 'Tansannia', 'Kontakt'],
      [['country', 'COUNTRY_UNKNOWN', 'TZ']],
    ],
    ['country Germany', ['08416041', '', 'Arusha', 'DEU', 'Kontakt'], [['country', 'COUNTRY_GERMANY', 'TZ']]],
    [
      'place that the shipped places know elsewhere only',
      ['08416041', '', 'Ouagadougou', 'Tansania', 'Kontakt'],
      [['country', 'COUNTRY_OTHER', 'BF']],
    ],
    [
      'kind that is unknown',
      ['08416041', '', 'Arusha', 'TZ', 'Bruderschaft'],
      [['kind', 'KIND_UNKNOWN', 'PARTNERSHIP']],
    ],
    ['formula', ['08416041', '', '=HYPERLINK("x")', 'TZ', 'Kontakt'], [['partnerName', 'FORMULA', 'HYPERLINK("x']]],
    [
      'name that is too long',
      ['08416041', '', 'x'.repeat(300), 'TZ', 'Kontakt'],
      [['partnerName', 'TOO_LONG', undefined]],
    ],
    [
      'letters of another encoding',
      ['08416041', '', 'Estel\ufffd', 'NI', 'Kontakt'],
      [['partnerName', 'CHARACTERS', 'Estel']],
    ],
    [
      'day that may be two',
      ['08416041', '', 'Arusha', 'TZ', 'Kontakt', '3/4/2020'],
      [['from', 'DAY_AMBIGUOUS', '2020-04-03']],
    ],
    ['year alone', ['08416041', '', 'Arusha', 'TZ', 'Kontakt', '1998'], [['from', 'DAY_INCOMPLETE', '1998-01-01']]],
    [
      'day that is none',
      ['08416041', '', 'Arusha', 'TZ', 'Kontakt', '31.02.2020'],
      [['from', 'DAY_UNKNOWN', undefined]],
    ],
    [
      'end before the beginning',
      ['08416041', '', 'Arusha', 'TZ', 'Kontakt', '2020-05-01', '1.4.2020'],
      [['lastDay', 'PERIOD_REVERSED', undefined]],
    ],
  ])('with a %s waits for a decision', async (_, row, problems) => {
    expect(await imports.problemsOf(row)).toEqual(problems);
  });

  it.each<[string, string[], object]>([
    ['a name alone', ['', 'Landkreis Enzkreis', 'Arusha', 'TZ', 'Kontakt'], { key: '08236' }],
    ['a regional key', ['084160041041', '', 'Arusha', 'TZ', 'Kontakt'], { key: '08416041' }],
    [
      'a key without its zero beside the name',
      ['8416041', 'Tuebingen', 'Arusha', 'TZ', 'Kontakt'],
      { key: '08416041' },
    ],
    ['a district key of a city', ['04011', 'Hansestadt Bremen', 'Arusha', 'TZ', 'Kontakt'], { key: '04011000' }],
    ['a long form', ['', 'Stadt Neumarkt in der Oberpfalz', 'Arusha', 'TZ', 'Kontakt'], { key: '09373147' }],
  ])('by %s finds its municipality', async (_, row, german) => {
    const [read] = await imports.rowsOf(await imports.open([row]));
    expect(read).toMatchObject({ verdict: 'READY', outcome: { german } });
  });

  it.each([
    ['TZA', 'TZ'],
    ['Tansania', 'TZ'],
    ['Tanzanie', 'TZ'],
    ['Elfenbeinküste', 'CI'],
    ['Afrique du Sud', 'ZA'],
    ['Camerún', 'CM'],
    ['Burkina Faso', 'BF'],
  ])('knows the country %s', async (country, code) => {
    const [read] = await imports.rowsOf(await imports.open([['08416041', '', 'Neuort', country, 'Kontakt']]));
    expect(read?.outcome.partner?.country).toBe(code);
  });

  it('never takes one municipality for another that is like it', async () => {
    const sansibar = await recordPartner(app, { names: { official: 'Pemba-Stadt' }, country: 'MZ' });
    const opened = await imports.open([
      ['08416041', '', 'Pemba', 'MZ', 'Kontakt'],
      ['08416041', '', 'Pembastadt', 'MZ', 'Freundschaft'],
    ]);
    const [alike, same] = await imports.rowsOf(opened);
    expect(alike).toMatchObject({
      verdict: 'NEEDS_DECISION',
      problems: [
        {
          code: 'PARTNER_ALIKE',
          proposals: [{ field: 'partner', value: sansibar.id, label: 'Pemba-Stadt' }, { value: 'NEW' }],
        },
      ],
    });
    expect(same).toMatchObject({
      verdict: 'READY',
      outcome: { partner: { municipalityId: sansibar.id } },
      notes: [{ code: 'PARTNER_RECORDED' }],
    });
    const [decided] = await imports.rowsOf(
      await imports.repair(opened, [{ rows: [2], field: 'partner', value: 'NEW' }]),
    );
    expect(decided).toMatchObject({ verdict: 'READY', outcome: { partner: { name: 'Pemba', municipalityId: null } } });
  });

  it('asks when a place is known in another country only', async () => {
    await recordPartner(app, { names: { official: 'Quelimane' }, country: 'MZ' });
    expect(await imports.problemsOf(['08416041', '', 'Quelimane', 'AO', 'Kontakt'])).toEqual([
      ['country', 'COUNTRY_OTHER', 'MZ'],
    ]);
  });

  it('is a duplicate of an earlier one, also in another spelling, and asks when only the kind differs', async () => {
    const rows = await imports.rowsOf(
      await imports.open([
        ['08416041', '', 'Iringa', 'TZ', 'Partnerschaft'],
        ['8416041', 'Tübingen', 'IRINGA', 'Tanzania', 'Städtepartnerschaft'],
        ['08416041', '', 'Iringa', 'TZ', 'Freundschaft'],
        ['08416041', '', 'Irringa', 'TZ', 'Partnerschaft'],
      ]),
    );
    expect(rows).toMatchObject([
      { verdict: 'READY' },
      { verdict: 'DUPLICATE', duplicateOf: 2, notes: [{ code: 'ZERO_ADDED' }, { code: 'SPELLED_AS_ROW' }] },
      {
        verdict: 'NEEDS_DECISION',
        problems: [{ field: 'another', code: 'OTHER_IN_FILE', proposals: [{ field: 'kind', value: 'PARTNERSHIP' }] }],
      },
      {
        verdict: 'NEEDS_DECISION',
        problems: [{ code: 'ROW_ALIKE', proposals: [{ field: 'partnerName', value: 'Iringa' }, { value: 'NEW' }] }],
      },
    ]);
  });

  it('asks when the municipalities have a partnership of another kind, and records a second one with the reason', async () => {
    const link = {
      german: await recordGerman(app, '05113000'),
      partner: await recordPartner(app, { names: { official: 'Mbeya' } }),
    };
    const { id, caseNumber } = await propose(app, link);
    const row = ['05113000', 'Essen', 'Mbeya', 'TZ', 'Freundschaft'];
    const opened = await imports.open([row, ['05113000', 'Essen', 'Mbeya', 'TZ', 'Partnerschaft', '1999-01-01']]);
    expect(await imports.rowsOf(opened)).toMatchObject([
      {
        partnershipId: id,
        problems: [{ code: 'OTHER_RECORDED', about: caseNumber, proposals: [{ field: 'kind', value: 'PARTNERSHIP' }] }],
      },
      { verdict: 'UNCHANGED', partnershipId: id, notes: [{}, { code: 'PERIOD_DIFFERS' }] },
    ]);
    const decided = await imports.repair(opened, [{ rows: [2], field: 'another', value: 'youth exchange of its own' }]);
    const before = await imports.recorded();
    await imports.run(decided);
    expect(await imports.recorded()).toEqual({ ...before, partnerships: before.partnerships + 1 });
  });

  it('is left out with a reason, and back again', async () => {
    const opened = await imports.open([['99999999', '', 'Dodoma', 'TZ', 'Kontakt']]);
    const skipped = await imports.repair(opened, [{ rows: [2], field: 'leaveOut', value: 'dissolved long ago' }]);
    expect(skipped.counts).toMatchObject({ skipped: 1, needsDecision: 0 });
    const back = await imports.repair(skipped, [{ rows: [2], field: 'leaveOut', value: null }]);
    expect(back.counts).toMatchObject({ skipped: 0, needsDecision: 1 });
  });
});
