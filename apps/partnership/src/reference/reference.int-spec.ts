import { listCountries, listFieldsOfAction, listSdgGoals, listSdgTargets } from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import { startPartnership } from '../../test/partnership.factory';

describe('the reference data', () => {
  let app: TestService;
  const expert = caller('expert');
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  it('lists the fields of action with SDG and CRS codes', async () => {
    const { items } = await app.rpc(listFieldsOfAction, {}, expert);
    expect(items).toHaveLength(26);
    expect(items[0]).toMatchObject({
      key: 'waste_management',
      name: { de: 'Abfallwirtschaft', en: 'Waste management' },
      sdgTargets: ['11.6', '12.4', '12.5'],
      crsMain: { code: '14050', name: 'Waste management/disposal' },
      crsFurther: [{ code: '41010' }, { code: '43030' }],
    });
  });

  it('lists the 17 goals and 169 targets in their order', async () => {
    const goals = await app.rpc(listSdgGoals, {}, expert);
    expect(goals.items.map(({ code }) => code)).toEqual(Array.from({ length: 17 }, (_, index) => String(index + 1)));
    const targets = await app.rpc(listSdgTargets, { limit: 200 }, expert);
    expect(targets.items).toHaveLength(169);
    const eleven = await app.rpc(listSdgTargets, { goal: ['11'] }, expert);
    expect(eleven.items.map(({ code }) => code)).toContain('11.b');
    expect(eleven.items.every(({ goal }) => goal === '11')).toBe(true);
  });

  it('lists countries with the DAC group of a day and its source', async () => {
    const { items } = await app.rpc(listCountries, { q: 'TZ' }, expert);
    expect(items).toMatchObject([
      {
        code: 'TZ',
        alpha3: 'TZA',
        m49: '834',
        currencies: ['TZS'],
        dacGroup: 'LDC',
        isGermanCooperationPartner: true,
        source: expect.stringContaining('DAC list') as string,
        validFrom: '2024-01-01',
        validTo: null,
      },
    ]);
    expect((await app.rpc(listCountries, { q: 'TZ', on: '2019-01-01' }, expert)).items).toMatchObject([
      { dacGroup: null, source: null, validFrom: null },
    ]);
  });

  it('knows Kosovo, which ISO 3166 does not, and finds names without accents', async () => {
    expect((await app.rpc(listCountries, { q: 'Kosovo' }, expert)).items).toMatchObject([
      { code: 'XK', dacGroup: 'UMIC' },
    ]);
    expect((await app.rpc(listCountries, { q: 'cote d' }, expert)).items).toMatchObject([{ code: 'CI' }]);
  });

  it('counts the recipients on the DAC list', async () => {
    const { items } = await app.rpc(
      listCountries,
      { dacGroup: ['LDC', 'OTHER_LIC', 'LMIC', 'UMIC'], limit: 200 },
      expert,
    );
    expect(items).toHaveLength(141);
    const least = items.filter(({ dacGroup }) => dacGroup === 'LDC').map(({ code }) => code);
    // São Tomé and Príncipe and the Solomon Islands left the group on 2024-12-13.
    expect([least.length, least.includes('ST'), least.includes('SB')]).toEqual([43, false, false]);
  });
});
