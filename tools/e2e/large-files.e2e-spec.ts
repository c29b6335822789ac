import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UPLOAD_BYTES_MAX } from '#contracts';
import { type BankMessageView, getScreeningStatus, type SanctionsListView } from '#contracts/finance';
import { UploadStore } from '#documents';
import { caller, eventually, type TestCaller } from '#testing';
import { createGateway } from '../../apps/gateway/src/start-gateway';
import { camt053 } from '../../apps/finance/test/bank';
import { BankLoop } from '../../apps/finance/test/bank-loop';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, GERMAN_ACCOUNT } from '../../apps/finance/test/finance-world';
import { largeSanctionsList, largeSubjectName, nextEdition } from '../../apps/finance/test/sanctions/sanctions-sample';

const MIB = 1024 * 1024;
const XML = 'application/xml';
let world: FinanceWorld;
let gateway: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  world = await FinanceWorld.start();
  // The rest of the configuration is what the finance service read before.
  Object.assign(process.env, { NATS_USER: 'gateway', NATS_PASSWORD: world.app.broker.password('gateway') });
  gateway = await createGateway();
  await gateway.listen(0, '127.0.0.1');
  url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1');
});
afterAll(async () => {
  await gateway?.close();
  await world?.app.close();
});

type Body = NonNullable<RequestInit['body']>;

interface Sending {
  readonly as?: TestCaller;
  readonly type?: string;
  readonly key?: string;
}

async function post(path: string, body: Body, { as = FINANCE, type = XML, key = randomUUID() }: Sending = {}) {
  const headers = {
    authorization: `Bearer ${await world.app.issuer.token(as)}`,
    'content-type': type,
    'idempotency-key': key,
  };
  const response = await fetch(`${url}/v1${path}`, { method: 'POST', headers, body, duplex: 'half' });
  return { status: response.status, headers: response.headers, body: (await response.json()) as { code?: string } };
}

async function get(path: string, as: TestCaller) {
  const headers = { authorization: `Bearer ${await world.app.issuer.token(as)}` };
  const response = await fetch(`${url}/v1${path}`, { headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The highest memory of this process, gateway and service in one, while the work runs; in MiB above what it had before. */
async function measured<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; mib: number }> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const sample = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
  const start = performance.now();
  try {
    const result = await work();
    return { result, seconds: (performance.now() - start) / 1000, mib: (peak - before) / MIB };
  } finally {
    clearInterval(sample);
  }
}

function report(what: string, { seconds, mib }: { seconds: number; mib: number }): void {
  process.stdout.write(`${what}: ${seconds.toFixed(1)} s, at most ${mib.toFixed(0)} MiB more memory\n`);
}

async function waitingParts(): Promise<number> {
  const [row] = await world.app.database.query<{ parts: number }>('SELECT count(*)::int AS parts FROM upload_part');
  return row?.parts ?? 0;
}

describe('a sanctions list of 6,200 subjects and more than 20 MB', () => {
  it('is imported over HTTP, plain and gzipped, and every payee is screened again', async () => {
    const plain = Buffer.from(largeSanctionsList({ subjects: 6200, generatedOn: '2027-02-01' }));
    expect(plain.length).toBeGreaterThan(20_000_000);
    const sha256 = createHash('sha256').update(plain).digest('hex');
    const first = await measured(() => post(`/sanctions-lists?sha256=${sha256}`, plain));
    report(`import of a list of ${(plain.length / 1e6).toFixed(0)} MB`, first);
    const list = first.result.body as SanctionsListView;
    expect(first.result.status).toBe(201);
    expect(list).toMatchObject({ subjects: 6200, names: 24_800, sha256 });
    expect(first.result.headers.get('location')).toBe(`/v1/sanctions-lists/${list.id}`);

    const payees = 300;
    for (let index = 0; index < 3; index++) await world.expertPayee(randomUUID());
    await world.app.asServiceRole(
      `INSERT INTO payee SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'expert_id', gen_random_uuid(),
         'name', CASE WHEN n = 7 THEN $1 ELSE p.name END))).* FROM payee p, generate_series(1, ${payees}) n WHERE p.id = (SELECT id FROM payee LIMIT 1)`,
      [largeSubjectName(4711)],
    );
    const next = Buffer.from(largeSanctionsList({ subjects: 6201, generatedOn: '2027-02-02' }));
    const second = await measured(() => post('/sanctions-lists', gzipSync(next), { type: 'application/gzip' }));
    report('import of the same gzipped', second);
    expect(second.result.body).toMatchObject({ subjects: 6201 });
    const screened = await measured(() =>
      eventually(async () => {
        const status = await world.app.rpc(getScreeningStatus, {}, AUDITOR);
        expect(status.payees).toMatchObject({ unscreened: 0, review: 1 });
      }, 30_000),
    );
    report(`screening of ${payees} payees against it`, screened);
    expect(Math.max(first.mib, second.mib)).toBeLessThan(400);
    expect(await waitingParts()).toBe(0);
  }, 120_000);

  it('is refused before or while it is read when it is too large, and leaves nothing behind', async () => {
    const refusal = { status: 413, body: { code: 'PLATFORM_BODY_TOO_LARGE' } };
    expect(await post('/sanctions-lists', Buffer.alloc(UPLOAD_BYTES_MAX + 1, 32))).toMatchObject(refusal);
    const chunk = new Uint8Array(MIB).fill(32);
    let sent = 0;
    // Without a stated length the limit is met on the way.
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 60) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const { result, mib } = await measured(() => post('/sanctions-lists', endless));
    expect(result).toMatchObject(refusal);
    expect(mib).toBeLessThan(200);
    expect(await waitingParts()).toBe(200);
    world.clock.set('2027-02-10T10:30:00Z');
    await world.app.app.get(UploadStore).forgetUnused();
    expect(await waitingParts()).toBe(0);
  }, 60_000);

  it.each([
    [
      'broken XML',
      Buffer.from(nextEdition('2027-02-03', 'A').replace('</export>', '')),
      'FINANCE_SANCTIONS_LIST_INVALID',
    ],
    [
      'an entity bomb',
      Buffer.from(
        nextEdition('2027-02-03', 'A').replace('<export', '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><export'),
      ),
      'FINANCE_SANCTIONS_LIST_INVALID',
    ],
    ['a gzip bomb', gzipSync(Buffer.alloc(80 * MIB, 32)), 'FINANCE_FILE_LIMIT_EXCEEDED'],
    [
      'a bomb of whole subjects',
      gzipSync(
        `<export generationDate="2027-02-03T00:00:00Z">${'<sanctionEntity logicalId="1"><nameAlias wholeName="A"/></sanctionEntity>'.padEnd(MIB, ' ').repeat(2)}`,
      ),
      'FINANCE_FILE_LIMIT_EXCEEDED',
    ],
    ['no gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'FINANCE_SANCTIONS_LIST_INVALID'],
    ['another encoding', Buffer.from(nextEdition('2027-02-03', 'Müller'), 'latin1'), 'FINANCE_SANCTIONS_LIST_INVALID'],
    [
      'another sha256',
      Buffer.from(nextEdition('2027-02-03', 'A')),
      'FINANCE_SANCTIONS_LIST_INVALID',
      `?sha256=${'0'.repeat(64)}`,
    ],
    ['an older edition', Buffer.from(nextEdition('2020-03-01', 'A')), 'FINANCE_SANCTIONS_LIST_OUTDATED'],
    ['nothing in it', Buffer.alloc(0), 'PLATFORM_REQUEST_INVALID'],
    ['an unknown member', Buffer.from('<export/>'), 'PLATFORM_REQUEST_INVALID', '?upload=x'],
  ])('is refused with %s', async (_what, body, code, query = '') => {
    const { result, mib } = await measured(() => post(`/sanctions-lists${query}`, body));
    expect(result.body.code).toBe(code);
    expect(mib).toBeLessThan(250);
    expect(await world.app.rpc(getScreeningStatus, {}, AUDITOR)).toMatchObject({ list: { subjects: 6201 } });
  });

  it('is asked for the media type and the right before it is read', async () => {
    const list = nextEdition('2027-02-03', 'A');
    expect(await post('/sanctions-lists', list, { type: 'text/csv' })).toMatchObject({ status: 415 });
    expect(await post('/funds', list)).toMatchObject({
      status: 415,
      body: { code: 'PLATFORM_MEDIA_TYPE_UNSUPPORTED' },
    });
    expect(await post('/bank-messages?fileName=a', list, { as: CASHIER, type: 'application/gzip' })).toMatchObject({
      status: 415,
    });
    // The head of the request is answered although its body never comes.
    const headers = (token: string) =>
      `POST /v1/sanctions-lists HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/xml\r\nContent-Length: 1000000\r\n\r\n`;
    expect(await statusLine(headers(await world.app.issuer.token(caller('expert'))))).toContain('403');
    expect(await statusLine(headers('nobody'))).toContain('401');
    expect(await waitingParts()).toBe(0);
  });
});

/** What the gateway says before the body is there. */
async function statusLine(head: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(head);
  const answer = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve).once('error', reject);
  });
  socket.destroy();
  return answer.toString().split('\r\n')[0] ?? '';
}

describe('a bank statement of 10 MB', () => {
  const unknown = (count: number) =>
    Array.from({ length: count }, () => ({
      amount: '1.00',
      on: '2027-02-12',
      transactions: [
        {
          amount: '1.00',
          endToEndId: randomUUID().replaceAll('-', ''),
          remittance: 'x'.repeat(140),
          iban: GERMAN_ACCOUNT.iban,
        },
      ],
    }));

  it('is imported over HTTP, once, also when the request is repeated', async () => {
    const content = camt053({ id: 'LARGE', iban: GERMAN_ACCOUNT.iban, entries: unknown(16_000) });
    expect(content.length).toBeGreaterThan(10_000_000);
    const key = randomUUID();
    const path = '/bank-messages?fileName=large.xml';
    const dry = await post(`${path}&dryRun=true`, content, { as: CASHIER });
    expect(dry).toMatchObject({ status: 201, body: { isDryRun: true, entries: 16_000 } });
    const first = await measured(() => post(path, content, { as: CASHIER, key }));
    report(`import of a statement of ${(content.length / 1e6).toFixed(0)} MB with 16,000 entries`, first);
    expect(first.result).toMatchObject({ status: 201, body: { isDryRun: false, entries: 16_000, isRepeated: false } });
    const again = await post(path, content, { as: CASHIER, key });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.result.body);
    expect(await post(path, `${content} `, { as: CASHIER, key })).toMatchObject({
      status: 422,
      body: { code: 'PLATFORM_IDEMPOTENCY_KEY_REUSED' },
    });
    const { sha256 } = first.result.body as BankMessageView;
    expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(await waitingParts()).toBe(0);
  }, 120_000);

  it.each([
    [
      'broken XML',
      camt053({ id: 'B', iban: GERMAN_ACCOUNT.iban, entries: [] }).replace('</Document>', ''),
      'FINANCE_BANK_MESSAGE_UNREADABLE',
    ],
    [
      'an entity bomb',
      camt053({ id: 'B', iban: GERMAN_ACCOUNT.iban, entries: [] }).replace(
        '?>',
        '?><!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>',
      ),
      'FINANCE_BANK_MESSAGE_UNREADABLE',
    ],
    ['too many bytes', Buffer.alloc(16 * MIB + 1, 32), 'PLATFORM_BODY_TOO_LARGE'],
  ])('is refused with %s', async (_what, body, code) => {
    expect((await post('/bank-messages?fileName=x', body, { as: CASHIER })).body.code).toBe(code);
    expect(await waitingParts()).toBe(0);
  });
});

describe('a file larger than one message', () => {
  it('arrives over HTTP byte for byte, with the stated sha256', async () => {
    const bytes = Buffer.from(`<?xml version="1.0"?><Document>${randomUUID().repeat(100_000)}</Document>`);
    expect(bytes.length).toBeGreaterThan(3 * MIB);
    const { id, sha256 } = await largeRun(bytes);
    const file = await get(`/payment-runs/${id}/file`, CASHIER);
    expect(file.headers.get('content-type')).toBe(XML);
    expect(file.bytes.equals(bytes)).toBe(true);
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
  });

  it('comes as an export, too, with all of its options', async () => {
    const fund = await world.fund({ 2027: '1000.00' });
    const file = await get(`/funds/${fund.id}/exports/journal-csv?from=2027-01-01&to=2028-01-01&bom=true`, AUDITOR);
    expect(file.status).toBe(200);
    expect([...file.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

/** A payment run whose file has these bytes: written past the making of a file, which is tested where it belongs. */
async function largeRun(bytes: Buffer): Promise<{ id: string; sha256: string }> {
  const { id: modelId } = (await new BankLoop(world).sentRun()).run;
  const [id, sha256] = [randomUUID(), createHash('sha256').update(bytes).digest('hex')];
  await world.app.asServiceRole(
    `INSERT INTO payment_run SELECT (jsonb_populate_record(r, jsonb_build_object('id', $2::text, 'message_id', left($2, 30),
       'file_sha256', $3::text, 'case_number', NULL))).* FROM payment_run r WHERE id = $1`,
    [modelId, id, sha256],
  );
  await world.app.asServiceRole('INSERT INTO payment_run_file (payment_run_id, sha256, bytes) VALUES ($1, $2, $3)', [
    id,
    sha256,
    bytes,
  ]);
  return { id, sha256 };
}
