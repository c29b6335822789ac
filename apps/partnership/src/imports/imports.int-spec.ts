import {
  changePartnershipImportReading,
  checkPartnershipImport,
  discardPartnershipImport,
  getPartnershipImport,
  listPartnershipImports,
} from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import { DEFAULTS, type Imports, importsOf } from '../../test/imports.factory';
import { officer, recordPartner, startPartnership } from '../../test/partnership.factory';

let app: TestService;
let imports: Imports;

beforeAll(async () => {
  app = await startPartnership();
  imports = importsOf(app);
}, 60_000);
afterAll(() => app.close());

describe('an import', () => {
  const row = (partner: string) => ['08416041', 'Tübingen', partner, 'TZ', 'Kontakt'];

  it('is read by other columns when a person says so', async () => {
    const opened = await imports.open([['Songea', 'Tübingen', 'TZ', 'Kontakt']], ['a', 'b', 'c', 'd']);
    expect(opened.columns).toEqual({});
    expect(opened.counts.needsDecision).toBe(1);
    const columns = { partnerName: 0, germanName: 1, country: 2, kind: 3 };
    const read = await app.rpc(
      changePartnershipImportReading,
      { importId: opened.id, columns: { ...columns, germanName: 1, germanKey: undefined }, defaults: DEFAULTS },
      officer,
      { expectedVersion: opened.version },
    );
    // The town or its district: the name alone does not say.
    expect((await imports.rowsOf(read))[0]?.problems).toMatchObject([{ field: 'germanName', code: 'NAME_AMBIGUOUS' }]);
    for (const wrong of [{ kind: 4 }, { kind: 1, country: 1 }])
      await expect(
        app.rpc(changePartnershipImportReading, { importId: read.id, columns: wrong, defaults: DEFAULTS }, officer, {
          expectedVersion: read.version,
        }),
      ).rejects.toMatchObject({ code: 'PARTNERSHIP_IMPORT_COLUMNS_INVALID' });
  });

  it('does not run while rows are undecided, unless they are to be left out', async () => {
    const opened = await imports.open([row('Lindi'), ['99999999', '', 'Tanga', 'TZ', 'Kontakt']]);
    await expect(imports.run(opened)).rejects.toMatchObject({
      code: 'PARTNERSHIP_IMPORT_UNDECIDED',
      details: { count: 1, rows: ['3'] },
    });
    const done = await imports.run(opened, true);
    expect(done.counts).toMatchObject({ made: 1, leftOut: 1 });
    expect(await imports.rowsOf(done)).toMatchObject([
      { verdict: 'MADE' },
      { verdict: 'LEFT_OUT', problems: [{ code: 'KEY_UNKNOWN' }], partnershipId: null },
    ]);
  });

  it('refuses a report that is not what would happen now, and names the rows', async () => {
    const opened = await imports.open([row('Mtwara'), row('Singida')]);
    await recordPartner(app, { names: { official: 'Singida' } });
    const before = await imports.recorded();
    await expect(imports.run(opened)).rejects.toMatchObject({
      code: 'PARTNERSHIP_IMPORT_REPORT_CHANGED',
      details: { rows: ['3'] },
    });
    expect(await imports.recorded()).toEqual(before);
    const checked = await app.rpc(checkPartnershipImport, { importId: opened.id }, officer, {
      expectedVersion: opened.version,
    });
    expect(checked.counts.partnerMunicipalities).toBe(1);
    await imports.run(checked);
    expect(await imports.recorded()).toEqual({
      municipalities: before.municipalities + 1,
      partnerships: before.partnerships + 2,
    });
  });

  it('is done once, and one that is discarded loses its rows', async () => {
    const opened = await imports.open([row('Babati')]);
    const done = await imports.run(opened);
    await expect(imports.run(done)).rejects.toMatchObject({ code: 'PARTNERSHIP_IMPORT_CLOSED' });
    const other = await imports.open([row('Kigoma')]);
    const discarded = await app.rpc(discardPartnershipImport, { importId: other.id }, officer, {
      expectedVersion: other.version,
    });
    expect(discarded).toMatchObject({ status: 'DISCARDED', rows: 0 });
    expect(await imports.rowsOf(discarded)).toEqual([]);
    const { items } = await app.rpc(listPartnershipImports, { status: ['DISCARDED'] }, officer);
    expect(items.map(({ id }) => id)).toEqual([other.id]);
  });

  it('is decided on by the version that was seen', async () => {
    const opened = await imports.open([row('Tabora')]);
    await imports.repair(opened, [{ rows: [2], field: 'kind', value: 'FRIENDSHIP' }]);
    await expect(imports.repair(opened, [{ rows: [2], field: 'kind', value: 'CONTACT' }])).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    const now = await app.rpc(getPartnershipImport, { importId: opened.id }, officer);
    await expect(imports.repair(now, [{ rows: [9], field: 'kind', value: 'CONTACT' }])).rejects.toMatchObject({
      code: 'PARTNERSHIP_IMPORT_ROW_UNKNOWN',
      details: { rows: ['9'] },
    });
  });

  it('refuses defaults that are no whole', async () => {
    const opened = await imports.open([row('Mbulu')]);
    const half = { ...DEFAULTS, fieldsOfAction: [{ key: 'health', percent: 50 }] };
    await expect(
      app.rpc(
        changePartnershipImportReading,
        { importId: opened.id, columns: opened.columns, defaults: half },
        officer,
        { expectedVersion: opened.version },
      ),
    ).rejects.toMatchObject({ errors: [{ pointer: '#/defaults/fieldsOfAction' }] });
  });

  it('keeps its cells', async () => {
    const opened = await imports.open([row('Njombe')]);
    await expect(
      app.database.query(`UPDATE partnership_import_row SET cells = '{x}' WHERE import_id = $1`, [opened.id]),
    ).rejects.toThrow('stay as they came');
  });

  it('is for those who may record partnerships', async () => {
    for (const role of ['auditor', 'municipality-de', 'finance-officer'] as const)
      await expect(app.rpc(listPartnershipImports, {}, caller(role))).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
  });
});
