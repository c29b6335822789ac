import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#platform';
import { AuditConfig, auditConfigSchema } from './audit-config';
import { CheckpointTakenError, type CheckpointPlace } from './checkpoint-place';

const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

const configured = (variables: Record<string, string>) =>
  new AuditConfig(loadConfig(auditConfigSchema, { NODE_ENV: 'production', CHECKPOINT_KEY: KEY, ...variables }));

async function listening(server: Server | ReturnType<typeof createSocketServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** As much of S3 as a checkpoint needs: PUT once, GET, and a list; only what is signed. */
async function store(): Promise<{ url: string; objects: Map<string, string> }> {
  const objects = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://store');
    const answer = (status: number, body = '') => void response.writeHead(status).end(body);
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (!/^AWS4-HMAC-SHA256 Credential=key\//.test(request.headers.authorization ?? '')) return answer(403);
      if (searchParams.get('list-type')) {
        const prefix = `${pathname}/${searchParams.get('prefix') ?? ''}`;
        const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
        return answer(200, keys.map((key) => `<Key>${key.slice(pathname.length + 1)}</Key>`).join(''));
      }
      if (request.method === 'GET') return answer(objects.has(pathname) ? 200 : 404, objects.get(pathname));
      if (objects.has(pathname) && request.headers['if-none-match'] === '*') return answer(412);
      objects.set(pathname, body);
      answer(200);
    });
  });
  return { url: `http://127.0.0.1:${await listening(server)}/audit/fund`, objects };
}

/** A mailbox that takes one message. */
async function mailbox(): Promise<{ url: string; message: Promise<string> }> {
  let taken: (text: string) => void;
  const message = new Promise<string>((resolve) => (taken = resolve));
  const server = createSocketServer((socket: Socket) => {
    let data: string | undefined;
    socket.write('220 mail\r\n');
    socket.on('data', (part: Buffer) => {
      const text = part.toString();
      if (data !== undefined) {
        data += text;
        if (!data.endsWith('\r\n.\r\n')) return;
        taken(data);
        data = undefined;
        return void socket.write('250 taken\r\n');
      }
      if (/^DATA/i.test(text)) data = '';
      socket.write(/^DATA/i.test(text) ? '354 go on\r\n' : /^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n');
    });
  });
  return { url: `smtp://127.0.0.1:${await listening(server)}`, message };
}

async function expectToKeep(place: CheckpointPlace | undefined): Promise<void> {
  if (!place) throw new Error('no place is configured');
  await place.write('finance-000001-2027-01-01.json', 'first');
  await place.write('finance-000001-2027-01-01.json', 'first');
  await expect(place.write('finance-000001-2027-01-01.json', 'other')).rejects.toThrow(CheckpointTakenError);
  await place.write('finance-000002-2027-01-02.json', 'second');
  await place.write('staffing-000001-2027-01-01.json', 'of another');
  expect((await place.readAll?.('finance'))?.sort()).toEqual(['first', 'second']);
}

describe('a place for checkpoints', () => {
  it('that is a folder writes each once, never over another, and reads them again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fund-places-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    await expectToKeep(configured({ CHECKPOINT_DIRECTORY: join(folder, 'checkpoints') }).places[0]);
  });

  it('that is a bucket does the same, with signed requests', async () => {
    const { url, objects } = await store();
    const access = { CHECKPOINT_S3_ACCESS_KEY_ID: 'key', CHECKPOINT_S3_SECRET_ACCESS_KEY: 'secret' };
    await expectToKeep(configured({ CHECKPOINT_S3_URL: url, ...access }).places[0]);
    expect([...objects.keys()]).toContain('/audit/fund/finance-000002-2027-01-02.json');
  });

  it('that is a mailbox gets the document as an attachment', async () => {
    const { url, message } = await mailbox();
    const mail = { CHECKPOINT_MAIL_FROM: 'fund@example.org', CHECKPOINT_MAIL_TO: 'audit@example.org' };
    const [place] = configured({ CHECKPOINT_SMTP_URL: url, ...mail }).places;
    await place?.write('finance-000001-2027-01-01.json', '{"checkpoint":1}');
    const text = await message;
    expect(text).toContain('filename=finance-000001-2027-01-01.json');
    expect(text).toContain('audit@example.org');
  });
});

describe('the configuration of checkpoints', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['no key in production', { CHECKPOINT_KEY: '', CHECKPOINT_DIRECTORY: '/x' }, /CHECKPOINT_KEY/],
    ['no place in production', {}, /need a place outside the database/],
    ['a bucket without access', { CHECKPOINT_S3_URL: 'https://s3/x' }, /CHECKPOINT_S3_URL: needs|place outside/],
    [
      'a mailbox without a server',
      { CHECKPOINT_DIRECTORY: '/x', CHECKPOINT_MAIL_TO: 'a@b.org' },
      /CHECKPOINT_MAIL_TO: needs/,
    ],
    [
      'keys before that are no JSON',
      { CHECKPOINT_DIRECTORY: '/x', CHECKPOINT_KEYS_BEFORE: '{' },
      /CHECKPOINT_KEYS_BEFORE/,
    ],
  ])('refuses %s', (_name, variables, message) => {
    expect(() => configured(variables)).toThrow(message);
  });

  it('refuses a key of another kind, and does not show it', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const refused = () => configured({ CHECKPOINT_KEY: rsa.toString(), CHECKPOINT_DIRECTORY: '/x' });
    expect(refused).toThrow('CHECKPOINT_KEY is not an Ed25519 key');
  });
});
