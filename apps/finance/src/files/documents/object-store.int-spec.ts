import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { getDocument, getDocumentFile, keepDocument } from '#contracts/finance';
import { DocumentStore } from '#documents';
import { somePdf } from '#testing';
import { fileOf, kept, uploaded } from '../../../test/documents';
import { AUDITOR, FINANCE, FinanceWorld } from '../../../test/finance-world';

const DAY_MS = 24 * 3_600_000;

/** A bucket as far as documents need one: objects by name, parts of them, and who asks. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly puts: string[] = [];
  isAway = false;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(([status, body]) => response.writeHead(status).end(body));
  });

  async start(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = this.server.address() as AddressInfo;
    return {
      DOCUMENT_S3_URL: `http://127.0.0.1:${port}/documents`,
      DOCUMENT_S3_REGION: 'eu-central-1',
      DOCUMENT_S3_ACCESS_KEY_ID: 'fund',
      DOCUMENT_S3_SECRET_ACCESS_KEY: 'hidden',
    };
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<[number, Buffer?]> {
    const { headers, method, url = '' } = request;
    const sent = await buffer(request);
    if (this.isAway) return [503];
    if (!/^AWS4-HMAC-SHA256 Credential=fund\/\d{8}\/eu-central-1\/s3\//.test(headers.authorization ?? '')) return [403];
    const name = url.replace('/documents/finance-', '');
    if (method === 'PUT') {
      this.puts.push(name);
      this.objects.set(name, sent);
      return [200];
    }
    if (method === 'DELETE') {
      this.objects.delete(name);
      return [204];
    }
    const object = this.objects.get(name);
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    if (object === undefined) return [404];
    return [206, object.subarray(Number(from), to === '' ? undefined : Number(to) + 1)];
  }
}

const bucket = new Bucket();
let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start(await bucket.start());
}, 60_000);
afterAll(async () => {
  await world?.app.close();
  bucket.stop();
});
afterEach(() => {
  bucket.isAway = false;
});

/** Both sweeps, as of a day later. */
async function nextDay(): Promise<void> {
  const now = world.clock.now();
  world.clock.set(new Date(now.getTime() + DAY_MS + 1).toISOString());
  const store = world.app.app.get(DocumentStore);
  await store.forgetUnused();
  await store.forgetBytesAlone();
  world.clock.set(now.toISOString());
}

describe('a document in an object store', () => {
  it('lies there once, and comes out in parts as it went in', async () => {
    const file = somePdf(1_500_000);
    const [first, second] = [await kept(world.app, file, FINANCE), await kept(world.app, file, FINANCE)];
    expect(first.id).not.toBe(second.id);
    expect(bucket.objects.get(first.sha256)?.equals(file)).toBe(true);
    expect(
      await world.app.asServiceRole('SELECT content FROM document_content WHERE sha256 = $1', [first.sha256]),
    ).toEqual([{ content: null }]);
    expect((await fileOf(world.app, second.id, AUDITOR)).equals(file)).toBe(true);
  });

  it('is taken only with its bytes: while the store is away nothing is kept, and the same call does it later', async () => {
    bucket.isAway = true;
    const file = somePdf();
    const upload = await uploaded(world.app, file, FINANCE);
    const call = { fileName: 'beleg.pdf', upload };
    await expect(world.app.rpc(keepDocument, call, FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_STORE_AWAY',
    });
    bucket.isAway = false;
    const document = await kept(world.app, file, FINANCE);
    bucket.isAway = true;
    await expect(world.app.rpc(getDocumentFile, { documentId: document.id, offset: 0 }, AUDITOR)).rejects.toMatchObject(
      {
        code: 'PLATFORM_DOCUMENT_STORE_AWAY',
      },
    );
  });

  it('goes with the last document that has the bytes, and stays while one is used', async () => {
    const [named, unused] = [await kept(world.app, somePdf(), FINANCE), await kept(world.app, somePdf(), FINANCE)];
    await world.app.database.transaction((tx) =>
      tx.execute('UPDATE document SET used_by = $2 WHERE id = $1', [named.id, 'a test']),
    );
    bucket.isAway = true;
    await expect(nextDay()).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_STORE_AWAY' });
    // Not a part of it was done.
    await expect(world.app.rpc(getDocument, { documentId: unused.id }, AUDITOR)).resolves.toBeDefined();
    bucket.isAway = false;
    await nextDay();
    expect(bucket.objects.has(named.sha256)).toBe(true);
    expect(bucket.objects.has(unused.sha256)).toBe(false);
    await expect(world.app.rpc(getDocument, { documentId: unused.id }, AUDITOR)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('leaves no bytes behind when it was refused after they were stored', async () => {
    const store = world.app.app.get(DocumentStore);
    const file = await store.check('beleg.pdf', somePdf());
    await expect(
      world.app.database.transaction(async (tx) => {
        await store.keep(tx, file, { caller: FINANCE });
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(bucket.objects.has(file.sha256)).toBe(true);
    await nextDay();
    expect(bucket.objects.has(file.sha256)).toBe(false);
    expect(await world.app.asServiceRole('SELECT FROM document_content WHERE sha256 = $1', [file.sha256])).toEqual([]);
  });

  it('that came before there was one is read from the database', async () => {
    const file = somePdf();
    const document = await kept(world.app, file, FINANCE);
    await world.app.database.transaction((tx) =>
      tx.execute('UPDATE document_content SET content = $2 WHERE sha256 = $1', [document.sha256, file]),
    );
    bucket.objects.delete(document.sha256);
    expect((await fileOf(world.app, document.id, AUDITOR)).equals(file)).toBe(true);
  });
});

it('is not configured by half: an address without a key is named at the start', async () => {
  await expect(FinanceWorld.start({ DOCUMENT_S3_URL: 'http://127.0.0.1:1/documents' })).rejects.toThrow(
    'DOCUMENT_S3_URL needs DOCUMENT_S3_ACCESS_KEY_ID',
  );
});
