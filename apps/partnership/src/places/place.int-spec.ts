import type { RequestInputOf } from '#contracts';
import { createMunicipality, listPlaces } from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import { officer, startPartnership } from '../../test/partnership.factory';

describe('places of the world', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  const search = async (request: RequestInputOf<typeof listPlaces>) =>
    (await app.rpc(listPlaces, request, caller('municipality-partner'))).items;

  it.each([
    ['Moshi', '153209'],
    ['Moschi, Tansania', '153209'],
    ['Шабац', '3191376'],
    ['Sabac', '3191376'],
    ['صفاقس', '2467454'],
    ['西安', '1790630'],
    ['Lemberg', '702550'],
    ['Kongousi', '2359142'],
    ['Kumasi', '2298890'],
  ])('finds %s first', async (q, geonamesId) => {
    expect((await search({ q, limit: 3 }))[0]?.geonamesId).toBe(geonamesId);
  });

  it('gives position, local name and region, and narrows by country', async () => {
    expect((await search({ q: 'Sfax', country: ['TN'], limit: 1 }))[0]).toMatchObject({
      name: 'Sfax',
      localName: 'صفاقس',
      country: 'TN',
      latitude: 34.7406,
      municipalityId: null,
      asOf: '2023-03-05',
    });
    expect(new Set((await search({ q: 'San José' })).map(({ country }) => country)).size).toBeGreaterThan(1);
    expect(new Set((await search({ q: 'San José Costa Rica' })).map(({ country }) => country))).toEqual(
      new Set(['CR']),
    );
  });

  it('fills a new municipality with names, country, position and identifier, and names it afterwards', async () => {
    const request = { side: 'PARTNER', geonamesId: '2467454', kind: 'CITY' } as const;
    const sfax = await app.rpc(createMunicipality, request, officer);
    expect(sfax).toMatchObject({
      names: { official: 'Sfax', local: 'صفاقس' },
      country: 'TN',
      position: { longitude: 10.7603, latitude: 34.7406 },
      population: 277_278,
      populationOn: '2023-03-05',
      identifiers: [{ scheme: 'geonames', value: '2467454' }],
    });
    expect((await search({ q: 'Sfax', limit: 1 }))[0]?.municipalityId).toBe(sfax.id);
    await expect(app.rpc(createMunicipality, request, officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
      details: { municipalityId: sfax.id },
    });
  });

  it('refuses a place that it does not know, or that lies in another country than stated', async () => {
    await expect(
      app.rpc(createMunicipality, { side: 'PARTNER', geonamesId: '999999999', kind: 'CITY' }, officer),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PLACE_UNKNOWN', errors: [{ pointer: '#/geonamesId' }] });
    await expect(
      app.rpc(createMunicipality, { side: 'PARTNER', geonamesId: '2298890', country: 'TG', kind: 'CITY' }, officer),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PLACE_UNKNOWN', errors: [{ pointer: '#/country' }] });
  });
});
