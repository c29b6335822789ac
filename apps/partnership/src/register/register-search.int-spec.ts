import { listRegisterEntries } from '#contracts/partnership';
import type { TestService } from '#testing';
import { officer, startPartnership } from '../../test/partnership.factory';
import { WAYS_OF_WRITING } from './ways-of-writing';

describe('the register search, by the ways in which people write names', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startPartnership();
  });
  afterAll(() => app.close());

  it('finds at least 95 of 100 first, of at least 138', async () => {
    expect(WAYS_OF_WRITING.length).toBeGreaterThanOrEqual(138);
    const missed: string[] = [];
    for (const [q, key] of WAYS_OF_WRITING) {
      const { items } = await app.rpc(listRegisterEntries, { q, limit: 1 }, officer);
      if (items[0]?.key !== key) missed.push(`${q}: ${items[0]?.key} ${items[0]?.name} instead of ${key}`);
    }
    // The names stand in the message of a failure.
    expect(missed.length > 0.05 * WAYS_OF_WRITING.length ? missed : []).toEqual([]);
  });

  it('tells of an ended key what took its place, and finds the name under the new one', async () => {
    const [old] = (await app.rpc(listRegisterEntries, { q: '06435014' }, officer)).items;
    expect(old).toMatchObject({ validTo: '2026-01-01', successorKey: '06415000' });
    const [hanau] = (await app.rpc(listRegisterEntries, { q: 'Hanau', limit: 1 }, officer)).items;
    expect(hanau).toMatchObject({ key: '06415000', validFrom: '2026-01-01', designation: 'Kreisfreie Stadt' });
    expect((await app.rpc(listRegisterEntries, { q: '06415' }, officer)).items).toMatchObject([{ sameAs: '06415000' }]);
  });
});
