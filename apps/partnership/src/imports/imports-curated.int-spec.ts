import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  groupPartnershipImportProblems,
  type ImportProposal,
  municipalityRecorded,
  partnershipRecorded,
  type PartnershipImportView,
} from '#contracts/partnership';
import { eventually, type TestService } from '#testing';
import { type Imports, importsOf } from '../../test/imports.factory';
import { officer, startPartnership } from '../../test/partnership.factory';

let app: TestService;
let imports: Imports;

beforeAll(async () => {
  app = await startPartnership();
  imports = importsOf(app);
}, 60_000);
afterAll(() => app.close());

/** The table of the research beside the product, or the file that a variable names. */
function curated(): string[][] {
  const file = process.env.PARTNERSHIPS_CSV ?? join(__dirname, '../../test/data/partnerships_curated.csv');
  return parse(readFileSync(file, 'utf8'), { relax_column_count: true });
}

describe('importing the curated partnerships', () => {
  it('records them once what is missing is said, exactly as the report tells', async () => {
    const [header = [], ...rows] = curated();
    const opened = await imports.open(rows, header);
    expect(opened.columns).toEqual({ germanKey: 0, germanName: 2, partnerName: 3, country: 4, kind: 5 });
    expect(opened).toMatchObject({ rows: 28, status: 'OPEN', counts: { ready: 21, needsDecision: 7 } });
    const { items: groups } = await app.rpc(groupPartnershipImportProblems, { importId: opened.id }, officer);
    // A project needs an end, and the file has none: seven rows, each with the same two questions.
    expect(groups.map(({ problem: { field, code }, rows: { length } }) => [field, code, length])).toEqual([
      ['lastDay', 'MISSING', 7],
      ['from', 'MISSING', 7],
    ]);
    const decided = await imports.repair(
      opened,
      groups.map(({ problem: { field }, rows: numbers }) => ({
        rows: numbers,
        field,
        value: field === 'from' ? '01.01.2025' : '31.12.2027',
      })),
    );
    expect(decided.counts).toMatchObject({
      ready: 28,
      needsDecision: 0,
      germanMunicipalities: 25,
      partnerMunicipalities: 28,
    });
    const report = await imports.rowsOf(decided);
    const before = await imports.recorded();
    const done = await imports.run(decided);
    expect(done).toMatchObject({ status: 'DONE', counts: { ready: 0, made: 28, leftOut: 0 } });
    expect(await imports.recorded()).toEqual({
      municipalities: before.municipalities + 25 + 28,
      partnerships: before.partnerships + 28,
    });
    await imports.expectMade(report, await imports.rowsOf(done));
    const eschweiler = report.find(({ outcome }) => outcome.german?.name.startsWith('Eschweiler'));
    expect(eschweiler?.outcome.partnership?.period).toEqual({ from: '2025-01-01', to: '2028-01-01' });
    await eventually(async () => {
      expect((await app.published(partnershipRecorded)).length).toBeGreaterThanOrEqual(28);
      expect((await app.published(municipalityRecorded)).length).toBeGreaterThanOrEqual(53);
    });
  });

  it('changes nothing a second time, and needs no decision twice', async () => {
    const [header = [], ...rows] = curated();
    const before = await imports.recorded();
    const again = await imports.open(rows, header);
    expect(again.counts).toMatchObject({ unchanged: 28, ready: 0, needsDecision: 0 });
    expect(again.repeats).not.toBeNull();
    const done = await imports.run(again);
    expect(done.counts).toMatchObject({ unchanged: 28, made: 0 });
    expect(await imports.recorded()).toEqual(before);
  });

  it('finds each spoilt cell again, or says why not', async () => {
    const [header = [], ...rows] = curated();
    const spoilt = rows.map((row, index) => spoil(row, index));
    const opened = await imports.open([...spoilt, spoilt[1] ?? [], ['', '', '', '', '', '']], header);
    const report = await imports.rowsOf(opened);
    for (const row of report) {
      if (row.verdict === 'NEEDS_DECISION') expect(row.problems.length).toBeGreaterThan(0);
      else expect(row.verdict === 'UNCHANGED' || row.verdict === 'DUPLICATE').toBe(true);
    }
    // The first proposal of each is the right one: all rows are again what is recorded.
    const decided = await decideAll(opened, (row, proposals) => proposals[0] ?? typed(row));
    expect(decided.counts).toMatchObject({ unchanged: 29, ready: 0, needsDecision: 0, duplicate: 0 });
    const before = await imports.recorded();
    await imports.run(decided);
    expect(await imports.recorded()).toEqual(before);
  });
});

/** Each way in which such a file is spoilt, by turns. */
function spoil(
  [key = '', keyKind = '', name = '', partner = '', country = '', kind = '', ...rest]: string[],
  index: number,
): string[] {
  const ways: (() => string[])[] = [
    () => [key.replace(/^0/, ''), keyKind, name, partner, country, 'Städtepartnerschaft'],
    () => ['', keyKind, name, partner, country, kind],
    () => [key, keyKind, `${name.slice(0, -2)}${name.slice(-1)}`, partner, country, kind],
    () => [key, keyKind, name, partner.toUpperCase(), country.toLowerCase(), kind.toLowerCase()],
    () => [`="${key}"`, keyKind, name, partner, country, kind],
    () => [
      key,
      keyKind,
      '',
      `  ${partner.replace(' ', '  ')}`,
      new Intl.DisplayNames(['fr'], { type: 'region' }).of(country) ?? '',
      kind,
    ],
    () => [`${key.slice(0, 4)}9${key.slice(5)}`, keyKind, name, partner, country, kind],
  ];
  return [...(ways[index % ways.length]?.() ?? []), ...rest];
}

function typed({ field }: { field: string }): ImportProposal {
  const value = { from: '2025-01-01', lastDay: '2027-12-31' }[field];
  if (value === undefined) throw new Error(`no proposal for ${field}`);
  return { field: field as 'from', value, label: null, detail: null };
}

/** Decides problem after problem until none is left. */
async function decideAll(
  opened: PartnershipImportView,
  choose: (problem: { field: string }, proposals: readonly ImportProposal[]) => ImportProposal,
): Promise<PartnershipImportView> {
  let now = opened;
  for (let round = 0; now.counts.needsDecision > 0 && round < 10; round += 1) {
    const { items } = await app.rpc(groupPartnershipImportProblems, { importId: now.id }, officer);
    const repairs = items.map(({ problem, rows }) => {
      const { field, value } = choose(problem, problem.proposals);
      return { rows, field, value };
    });
    for (let at = 0; at < repairs.length; at += 50) now = await imports.repair(now, repairs.slice(at, at + 50));
  }
  return now;
}
