import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJournalXlsx } from '#contracts/finance';
import { eventually } from '#testing';
import { FinanceWorld, AUDITOR, OFFICER } from '../../apps/finance/test/finance-world';
import { unzipped } from '../../apps/finance/test/unzip';
import { createGateway } from '../../apps/gateway/src/start-gateway';

const LINES = 12_000;

let world: FinanceWorld;
let gateway: NestFastifyApplication;
let url: string;
let fundId: string;

beforeAll(async () => {
  world = await FinanceWorld.start();
  const { broker } = world.app;
  Object.assign(process.env, { NATS_USER: 'gateway', NATS_PASSWORD: broker.password('gateway') });
  gateway = await createGateway();
  await gateway.listen(0, '127.0.0.1');
  url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1');
  fundId = (await world.fund({ 2027: '1000000.00' })).id;
  await world.app.asServiceRole(
    `WITH entry AS (
       INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
       SELECT gen_random_uuid(), $1, 'COMMITMENT_RESERVED', 'Straße ' || n, date '2027-03-01', 'bulk'
       FROM generate_series(1, $2::int) AS n RETURNING id)
     INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
     SELECT entry.id, line, $1, 2027, stage, amount FROM entry,
       (VALUES (1, 'available', -1), (2, 'reserved', 1)) AS lines (line, stage, amount)`,
    [fundId, LINES / 2],
  );
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await world?.app.close();
});

async function get(path: string, as = AUDITOR, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const authorization = `Bearer ${await world.app.issuer.token(as)}`;
  return fetch(`${url}/v1/funds/${fundId}/exports/${path}`, { headers: { authorization, ...headers } });
}

const YEAR = 'from=2027-01-01&to=2028-01-01';

describe('an export over HTTP', () => {
  it('is one CSV with every line, however many parts it took', async () => {
    const answer = await get(`journal-csv?${YEAR}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="journal-2027-01-01-2027-12-31.csv"');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    // The release of the budget has two lines, too.
    expect(lines).toHaveLength(1 + 2 + LINES);
    expect(lines.at(-1)).toContain('Straße');
  });

  it('is one workbook, with the bytes that the service wrote', async () => {
    // An entry is sealed soon after it was made: a workbook from before says less of it.
    await eventually(async () => {
      const answer = await get(`journal-xlsx?${YEAR}`);
      const file = Buffer.from(await answer.arrayBuffer());
      const sheet = unzipped(file)['xl/worksheets/sheet1.xml'] ?? '';
      expect(sheet.match(/<row /g)).toHaveLength(1 + 2 + LINES);
      const written = createHash('sha256');
      for (let offset: string | null | undefined; offset !== null;) {
        const request = { fundId, from: '2027-01-01', to: '2028-01-01', offset };
        const part = await world.app.rpc(exportJournalXlsx, request, AUDITOR);
        written.update(Buffer.from(part.body, 'base64'));
        offset = part.nextOffset;
      }
      expect(createHash('sha256').update(file).digest('hex')).toBe(written.digest('hex'));
    });
  });

  it('is a DATEV batch in CP1252 and a PDF, as bytes and not as text', async () => {
    const datev = await get(`datev?${YEAR}&consultantNumber=1001&clientNumber=1`);
    expect(datev.headers.get('content-type')).toBe('text/csv; charset=windows-1252');
    expect(datev.headers.get('content-disposition')).toContain('EXTF_Buchungsstapel');
    const head = Buffer.from(await datev.arrayBuffer());
    expect(head.subarray(0, 6).toString()).toBe('"EXTF"');
    // "Fachkräftefonds": one byte for the letter.
    expect(head.includes(Buffer.from([0x6b, 0x72, 0xe4, 0x66]))).toBe(true);
    const pdf = Buffer.from(await (await get(`statement?${YEAR}`)).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  });

  it('is a statement in the language that the client asks for, in German where it asks for none of ours', async () => {
    const languageOf = async (headers: Readonly<Record<string, string>>) => {
      const answer = await get(`statement?${YEAR}`, AUDITOR, headers);
      expect(answer.headers.get('vary')).toContain('accept-language');
      return /\/Lang \((.*?)\)/.exec(Buffer.from(await answer.arrayBuffer()).toString('latin1'))?.[1];
    };
    expect(await languageOf({})).toBe('de-DE');
    expect(await languageOf({ 'accept-language': 'fr-FR, en;q=0.5' })).toBe('en-GB');
    expect(await languageOf({ 'accept-language': 'en;q=0.5, de-CH' })).toBe('de-DE');
  });

  it('is refused without the numbers of a DATEV batch, which names them', async () => {
    const problem = await get(`datev?${YEAR}&clientNumber=1`);
    expect(problem.status).toBe(422);
    expect(await problem.json()).toMatchObject({
      code: 'FINANCE_DATEV_NUMBER_MISSING',
      errors: [{ pointer: '#/consultantNumber' }],
    });
  });

  it('is refused as a problem before the first byte', async () => {
    const problem = await get('journal-csv?from=2027-01-01&to=2027-01-01');
    expect(problem.status).toBe(422);
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect(await problem.json()).toMatchObject({ code: 'FINANCE_EXPORT_PERIOD_INVALID' });
    expect((await get(`journal-csv?${YEAR}`, OFFICER)).status).toBe(403);
  });
});
