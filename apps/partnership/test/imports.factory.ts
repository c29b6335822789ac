import {
  createPartnershipImport,
  type ImportRepair,
  type ImportRowView,
  listPartnershipImportRows,
  listPartnerships,
  type PartnershipImportView,
  repairPartnershipImport,
  runPartnershipImport,
} from '#contracts/partnership';
import type { TestService } from '#testing';
import { officer } from './partnership.factory';

export const DEFAULTS = {
  languages: ['en'],
  fieldsOfAction: [{ key: 'climate_mitigation', percent: 100 }],
  partnerKind: 'CITY' as const,
};
export const HEADER = ['AGS', 'Kommune', 'Partnerkommune', 'Land', 'Art', 'von', 'bis'];

/** What tests do with imports, on one service. */
export function importsOf(app: TestService) {
  const open = (rows: readonly (readonly string[])[], header: readonly string[] = HEADER) =>
    app.rpc(
      createPartnershipImport,
      { fileName: 'test.csv', header: [...header], rows: rows.map((row) => [...row]), defaults: DEFAULTS },
      officer,
    );

  async function rowsOf({ id }: PartnershipImportView): Promise<ImportRowView[]> {
    const rows: ImportRowView[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const { items, page } = await app.rpc(
        listPartnershipImportRows,
        { importId: id, limit: 200, ...(cursor && { cursor }) },
        officer,
      );
      rows.push(...items);
      cursor = page.next ?? undefined;
    }
    return rows;
  }

  const repair = ({ id, version }: PartnershipImportView, repairs: ImportRepair[]) =>
    app.rpc(repairPartnershipImport, { importId: id, repairs }, officer, { expectedVersion: version });

  const run = ({ id, version, reportHash }: PartnershipImportView, leaveOut = false) =>
    app.rpc(runPartnershipImport, { importId: id, reportHash, leaveOut }, officer, { expectedVersion: version });

  async function recorded(): Promise<{ municipalities: number; partnerships: number }> {
    const [count] = await app.database.query<{ municipalities: number; partnerships: number }>(
      `SELECT (SELECT count(*) FROM municipality)::int AS municipalities, (SELECT count(*) FROM partnership)::int AS partnerships`,
    );
    return count ?? { municipalities: -1, partnerships: -1 };
  }

  /** The problems of one row, by field, with what would be proposed first. */
  async function problemsOf(row: readonly string[], header?: readonly string[]) {
    const [only] = await rowsOf(await open([row], header));
    return only?.problems.map(({ field, code, proposals }) => [field, code, proposals[0]?.value]);
  }

  /** What the report told is what the run made, and what the registry shows. */
  async function expectMade(report: readonly ImportRowView[], made: readonly ImportRowView[]): Promise<void> {
    const { items } = await app.rpc(listPartnerships, { limit: 200 }, officer);
    const shown = new Map(items.map((partnership) => [partnership.id, partnership]));
    for (const row of report) {
      const after = made.find(({ number }) => number === row.number);
      if (row.verdict !== 'READY') {
        expect(after?.verdict).toBe(row.verdict === 'NEEDS_DECISION' ? 'LEFT_OUT' : row.verdict);
        continue;
      }
      const { german, partner, partnership } = row.outcome;
      const found = shown.get(after?.partnershipId ?? '');
      expect(found).toMatchObject({
        kind: partnership?.kind,
        period: partnership?.period,
        languages: partnership?.languages,
        fieldsOfAction: partnership?.fieldsOfAction,
        status: 'PROPOSED',
      });
      expect(found?.participants.map(({ name, country, kind }) => [name, country, kind])).toEqual([
        [german?.name, 'DE', expect.anything()],
        [partner?.name, partner?.country, partner?.kind],
      ]);
    }
  }

  return { open, rowsOf, repair, run, recorded, problemsOf, expectMade };
}

export type Imports = ReturnType<typeof importsOf>;
