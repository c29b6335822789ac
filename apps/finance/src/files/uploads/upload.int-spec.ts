import { createHash, randomUUID } from 'node:crypto';
import { importBankMessage, importSanctionsList, storeUploadPart } from '#contracts/finance';
import { UploadStore } from '#documents';
import { caller, type TestCaller } from '#testing';
import { uploaded } from '../../../test/documents';
import { camt053 } from '../../../test/bank';
import { CASHIER, FINANCE, FinanceWorld, GERMAN_ACCOUNT } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());
afterEach(() => world.app.asServiceRole('DELETE FROM upload_part'));

const person = () => caller('cashier', { subject: `cashier-${randomUUID()}` });
const store = (uploadId: string, number: number, as: TestCaller, bytes: Uint8Array = Buffer.from('a part')) =>
  world.app.rpc(storeUploadPart, { uploadId, number, content: Buffer.from(bytes).toString('base64') }, as);
const uploadsOf = async ({ subject }: TestCaller) =>
  world.app.database.query<{ id: string; parts: number }>(
    'SELECT upload_id AS id, count(*)::int AS parts FROM upload_part WHERE owner = $1 GROUP BY 1',
    [subject],
  );
const wait = (seconds: number) => world.clock.set(new Date(world.clock.now().getTime() + seconds * 1000).toISOString());

const stored = (file: Buffer, as: TestCaller) => uploaded(world.app, file, as);

describe('the parts of an upload', () => {
  it('begin with number 1 and leave none out', async () => {
    const [id, as] = [randomUUID(), person()];
    const refusal = { code: 'FINANCE_UPLOAD_PART_UNEXPECTED' };
    await expect(store(id, 2, as)).rejects.toMatchObject({ ...refusal, details: { number: 2, next: 1 } });
    await store(id, 1, as);
    await expect(store(id, 3, as)).rejects.toMatchObject({ ...refusal, details: { number: 3, next: 2 } });
    await store(id, 2, as);
    expect(await uploadsOf(as)).toEqual([{ id, parts: 2 }]);
  });

  it('may come again', async () => {
    const [id, as] = [randomUUID(), person()];
    for (const number of [1, 2, 2, 1]) await store(id, number, as);
    expect(await uploadsOf(as)).toEqual([{ id, parts: 2 }]);
  });

  it('belong to who stored the first', async () => {
    const [id, owner, other] = [randomUUID(), person(), person()];
    await store(id, 1, owner);
    await expect(store(id, 1, other)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(store(id, 2, other)).rejects.toMatchObject({ code: 'FINANCE_UPLOAD_PART_UNEXPECTED' });
    expect(await uploadsOf(owner)).toEqual([{ id, parts: 1 }]);
    expect(await uploadsOf(other)).toEqual([]);
  });

  it('are used by their owner only', async () => {
    const upload = await stored(Buffer.from('<a/>'), CASHIER);
    const request = { fileName: 'a.xml', upload };
    await expect(world.app.rpc(importBankMessage, request, person())).rejects.toMatchObject({
      code: 'FINANCE_UPLOAD_INCOMPLETE',
      details: { missingPart: 1 },
    });
  });
});

describe('uploads that nobody finishes', () => {
  it('make room for a new one once they have got no part for a minute', async () => {
    const as = person();
    const dead = Array.from({ length: 5 }, () => randomUUID());
    for (const id of dead) {
      await store(id, 1, as);
      wait(1);
    }
    const next = randomUUID();
    await expect(store(next, 1, as)).rejects.toMatchObject({
      code: 'FINANCE_UPLOAD_LIMIT_REACHED',
      details: { waitingMax: 5, retryAfterSeconds: 60 },
    });
    await store(dead[4] ?? '', 1, as);
    wait(56);
    await store(next, 1, as);
    const kept = (await uploadsOf(as)).map(({ id }) => id);
    expect(kept.sort()).toEqual([...dead.slice(1), next].sort());
  });

  it('never stand in the way of others', async () => {
    const as = person();
    for (let count = 0; count < 5; count++) await store(randomUUID(), 1, as);
    await expect(store(randomUUID(), 1, person())).resolves.toMatchObject({ number: 1 });
  });

  it('are counted rightly when they begin at once', async () => {
    const as = person();
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => store(randomUUID(), 1, as)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('are forgotten after an hour', async () => {
    const as = person();
    await store(randomUUID(), 1, as);
    wait(3599);
    await world.app.app.get(UploadStore).forgetUnused();
    expect(await uploadsOf(as)).toHaveLength(1);
    wait(2);
    await world.app.app.get(UploadStore).forgetUnused();
    expect(await uploadsOf(as)).toHaveLength(0);
  });
});

describe('a file that was stored in parts', () => {
  const statement = (id: string) =>
    Buffer.from(camt053({ id, iban: GERMAN_ACCOUNT.iban, entries: [{ amount: '1.00', on: '2027-02-12' }] }));

  it('is kept as it came, and its parts are forgotten', async () => {
    const as = person();
    const file = statement('PARTS');
    const message = await world.app.rpc(importBankMessage, { fileName: 'a.xml', upload: await stored(file, as) }, as);
    const [kept] = await world.app.database.query<{ content: string; sha256: string }>(
      'SELECT content, sha256 FROM bank_message WHERE id = $1',
      [message.id],
    );
    expect(kept).toEqual({ content: file.toString(), sha256: createHash('sha256').update(file).digest('hex') });
    expect(await uploadsOf(as)).toEqual([]);
  });

  it.each([
    ['a hash', { sha256: '0'.repeat(64) }, { announcedBytes: expect.any(Number) as number }],
    ['a size', { bytes: 1 }, { announcedBytes: 1 }],
    ['a part', { parts: 2 }, { missingPart: 2 }],
  ])('is refused when it lacks %s that was announced', async (_what, announced, details) => {
    const as = person();
    const upload = { ...(await stored(statement(randomUUID().slice(0, 20)), as)), ...announced };
    await expect(world.app.rpc(importBankMessage, { fileName: 'a.xml', upload }, as)).rejects.toMatchObject({
      code: 'FINANCE_UPLOAD_INCOMPLETE',
      details,
    });
    expect(await uploadsOf(as)).toEqual([]);
  });

  it('is no bank message above 16 MiB, whoever announces it', async () => {
    const upload = { id: randomUUID(), parts: 65, bytes: 16 * 1024 * 1024 + 1, sha256: '0'.repeat(64) };
    await expect(world.app.rpc(importBankMessage, { fileName: 'a.xml', upload }, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
    await expect(world.app.rpc(importSanctionsList, { upload }, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_UPLOAD_INCOMPLETE',
    });
  });
});
