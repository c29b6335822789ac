import * as fc from 'fast-check';
import { groupPartnershipImportProblems } from '#contracts/partnership';
import { type TestService } from '#testing';
import { HEADER, type Imports, importsOf } from '../../test/imports.factory';
import { officer, startPartnership } from '../../test/partnership.factory';

let app: TestService;
let imports: Imports;

beforeAll(async () => {
  app = await startPartnership();
  imports = importsOf(app);
}, 60_000);
afterAll(() => app.close());

describe('spoilt at random', () => {
  const places = ['08416041', '05315000', '02000000', '08236', '09663000', '03241001'];
  const names = ['Köln', 'Koeln, Stadt', 'Landkreis Enzkreis', 'Würzburg', 'Hannover', 'Freiburg', 'Tübingen', ''];
  const partners = ['Dar es Salaam', 'Dar-es-Salam', 'Corinto', 'Tunis', 'Mwanza', 'Mwansa', 'Tunis-Stadt', '=1+1', ''];
  const countries = ['TZ', 'Tansania', 'TUN', 'Nicaragua', 'NI', 'Tansnia', 'DE', ''];
  const kinds = ['Partnerschaft', 'Städtefreundschaft', 'project', 'Kontakt', 'Bund', ''];
  const days = ['', '', '2001-05-01', '3.4.2020', '3/4/2020', '1999', '31.12.2030'];
  const cell = (values: readonly string[]) => fc.constantFrom(...values);
  const row = fc.tuple(
    fc.oneof(cell(places), cell(places.map((key) => key.replace(/^0/, ''))), fc.constant('')),
    cell(names),
    cell(partners),
    cell(countries),
    cell(kinds),
    cell(days),
    cell(days),
  );

  it('makes nothing that its report does not state, and all that it states', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.array(fc.nat(), { maxLength: 15 }),
        async (rows, choices) => {
          // A file is never the same as the last one: its name of a column tells it apart.
          let now = await imports.open(rows, [...HEADER, crypto.randomUUID()]);
          for (const choice of choices) {
            const { items } = await app.rpc(groupPartnershipImportProblems, { importId: now.id }, officer);
            const group = items[choice % Math.max(1, items.length)];
            const proposed = group?.problem.proposals[choice % Math.max(1, group.problem.proposals.length)];
            if (!group || !proposed) continue;
            now = await imports.repair(now, [{ rows: group.rows, field: proposed.field, value: proposed.value }]);
          }
          const report = await imports.rowsOf(now);
          const before = await imports.recorded();
          const done = await imports.run(now, true);
          const { made, germanMunicipalities, partnerMunicipalities } = done.counts;
          expect(made).toBe(now.counts.ready);
          expect(await imports.recorded()).toEqual({
            partnerships: before.partnerships + made,
            municipalities: before.municipalities + germanMunicipalities + partnerMunicipalities,
          });
          expect({ germanMunicipalities, partnerMunicipalities }).toEqual({
            germanMunicipalities: now.counts.germanMunicipalities,
            partnerMunicipalities: now.counts.partnerMunicipalities,
          });
          await imports.expectMade(report, await imports.rowsOf(done));
          const again = await imports.open(rows, done.header);
          expect(again.counts).toMatchObject({ ready: 0, needsDecision: done.counts.leftOut });
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});

describe('a file as long as a file may be', () => {
  it('is assessed, repaired and run within seconds', async () => {
    const keys = await app.database.query<{ key: string; name: string }>(
      `SELECT key, name FROM register_entry WHERE kind <> 'UNINCORPORATED_AREA' AND same_as IS NULL ORDER BY key LIMIT 2000`,
    );
    const letters = 'bdfgklmnprstvz';
    const syllables = Array.from(
      { length: 70 },
      (_, index) => `${letters[index % 14] ?? ''}${'aeiou'[index % 5] ?? ''}`,
    );
    const nameOf = (index: number) =>
      [index % 70, (index * 37) % 69, (index * 11) % 67, Math.floor(index / 70) % 61]
        .map((at) => syllables[at])
        .join('');
    const rows = keys.map(({ key, name }, index) => [
      index % 3 === 0 ? key.replace(/^0/, '') : key,
      index % 5 === 0 ? `${name.slice(0, 3)}${name.slice(4)}` : name,
      nameOf(index),
      ['TZ', 'Sambia', 'BFA', 'Peru', 'IN'][index % 5] ?? '',
      'Partnerschaft',
    ]);
    const took: Record<string, number> = {};
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const from = performance.now();
      const result = await work();
      took[what] = Math.round(performance.now() - from);
      return result;
    };
    let now = await timed('open', () => imports.open(rows));
    const undecided = (await imports.rowsOf(now))
      .filter(({ verdict }) => verdict === 'NEEDS_DECISION')
      .map(({ number }) => number);
    now = await timed('repair', () => imports.repair(now, [{ rows: undecided, field: 'partner', value: 'NEW' }]));
    const done = await timed('run', () => imports.run(now, true));
    expect(done.counts.made).toBeGreaterThan(1_000);
    // On two cores of their own 2, 1 and 9 seconds.
    const slow = Object.entries({ open: 10_000, repair: 10_000, run: 25_000 }).filter(
      ([what, limit]) => (took[what] ?? limit) >= limit,
    );
    expect(slow).toEqual([]);
  }, 120_000);
});
