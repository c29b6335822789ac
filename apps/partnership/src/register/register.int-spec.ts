import type { RequestInputOf } from '#contracts';
import { listRegisterEntries } from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import { officer, recordGerman, startPartnership } from '../../test/partnership.factory';
import { loadReferenceData } from '../reference.data';

describe('the municipality register', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  const search = (request: RequestInputOf<typeof listRegisterEntries>) =>
    app.rpc(listRegisterEntries, request, officer);
  const first = async (q: string) => (await search({ q, limit: 1 })).items[0]?.key;

  it('holds 11,004 municipalities and 401 districts, and what came after the edition', async () => {
    const [count] = await app.database.query<{ municipalities: number; districts: number }>(
      `SELECT (count(*) FILTER (WHERE kind <> 'DISTRICT'))::int AS municipalities,
         (count(*) FILTER (WHERE kind = 'DISTRICT'))::int AS districts FROM register_entry WHERE valid_from IS NULL`,
    );
    expect(count).toEqual({ municipalities: 11_004, districts: 401 });
  });

  it.each([
    ['the official spelling', 'Tübingen', '08416041'],
    ['no accents', 'Tubingen', '08416041'],
    ['a letter too few', 'Tübigen', '08416041'],
    ['ue for ü', 'Tuebingen', '08416041'],
    ['another case', 'TÜBINGEN', '08416041'],
    ['the beginning only', 'tüb', '08416041'],
    ['two letters exchanged', 'Ludwigsbrug', '08118048'],
    ['ss for ß', 'Giessen', '06531005'],
    ['a part of the name', 'Freiburg', '08311000'],
    ['a short name', 'Ulm', '08421000'],
  ])('finds a place by %s: %s', async (_, q, key) => {
    expect(await first(q)).toBe(key);
  });

  it('finds an AGS with its leading zero, a district key and an ARS exactly', async () => {
    expect((await search({ q: '08416041' })).items).toMatchObject([
      {
        key: '08416041',
        kind: 'CITY',
        designation: 'Große Kreisstadt',
        land: { key: '08', name: 'Baden-Württemberg' },
        district: { key: '08416', name: 'Tübingen' },
        population: 91_506,
        asOf: '2020-12-31',
      },
    ]);
    expect((await search({ q: '08416' })).items).toMatchObject([{ key: '08416', kind: 'DISTRICT', nuts3: 'DE142' }]);
    expect((await search({ q: '084160041041' })).items).toMatchObject([{ key: '08416041' }]);
    for (const q of ['8416041', '08 4 16 041', '84160041041'])
      expect((await search({ q })).items).toMatchObject([{ key: '08416041' }]);
    expect((await search({ q: '99999' })).items).toEqual([]);
  });

  it('filters by kind and Land', async () => {
    const { items } = await search({ q: 'Neustadt', kind: ['CITY'], land: ['07', '09'], limit: 200 });
    expect(items.length).toBeGreaterThan(3);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['CITY']));
    expect(new Set(items.map(({ land }) => land.key))).toEqual(new Set(['07', '09']));
  });

  it('pages through a ranked search without repeating or losing an entry', async () => {
    const all = (await search({ q: 'Neustadt', limit: 200 })).items.map(({ key }) => key);
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const { items, page } = await search({ q: 'Neustadt', limit: 7, ...(cursor && { cursor }) });
      paged.push(...items.map(({ key }) => key));
      cursor = page.next ?? undefined;
    }
    expect(paged).toEqual(all);
  });

  it('refuses a cursor of another search', async () => {
    const { page } = await search({ q: 'Neustadt', limit: 7 });
    await expect(search({ q: 'Neuhaus', cursor: page.next ?? '' })).rejects.toMatchObject({
      code: 'PLATFORM_CURSOR_INVALID',
    });
  });

  it('names the recorded municipality, also at the district key of a city that is its own district', async () => {
    const bremen = await recordGerman(app, '04011000');
    expect((await search({ q: '04011000' })).items[0]?.municipalityId).toBe(bremen.id);
    expect((await search({ q: '04011' })).items[0]).toMatchObject({ sameAs: '04011000', municipalityId: bremen.id });
  });

  it('is open to every signed-in user', async () => {
    const { items } = await app.rpc(listRegisterEntries, { q: 'Köln', limit: 1 }, caller('municipality-partner'));
    expect(items[0]?.name).toBe('Köln, Stadt');
  });

  it('uses the search index', async () => {
    const plan = await app.database.query<Record<string, string>>(
      `EXPLAIN SELECT FROM register_name n WHERE fold('Tübigen') <% n.search_name OR fold('Tübigen') % n.search_name`,
    );
    expect(plan.map((line) => Object.values(line)[0]).join('\n')).toContain('ix_register_name_search_name');
  });

  it('is left alone when it is loaded again unchanged', async () => {
    const statements: string[] = [];
    await app.database.transaction((tx) => {
      const counted = Object.create(tx) as typeof tx;
      counted.query = (sql, parameters) => {
        statements.push(sql);
        return tx.query(sql, parameters);
      };
      return loadReferenceData(counted);
    });
    expect(statements.filter((sql) => !sql.startsWith('SELECT'))).toEqual([]);
  });

  it('cannot be altered by the service', async () => {
    await expect(app.database.query(`UPDATE register_entry SET name = 'x'`)).rejects.toThrow('permission denied');
  });
});
