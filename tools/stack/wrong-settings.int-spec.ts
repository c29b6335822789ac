import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_VARIABLE, TestBroker } from '#testing';
import { freePort, NATS_USERS, natsPasswordVariable, repositoryRoot } from '#testing/embedded';

// What somebody reads who set something wrong: one sentence with the setting's name, and with the address and the user of a server,
// at once, and never a stack. What goes on waiting without a word meets Jest's limit.
const SECRET = 'a-password-that-nobody-sees';

let folder: string;
let broker: TestBroker;
let elsewhere: Server;
let known: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fund-wrong-'));
  broker = await TestBroker.start();
  elsewhere = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  const database = new URL(process.env[POSTGRES_VARIABLE] ?? '');
  const [PORT, FREE] = [String(await freePort()), String(await freePort())];
  known = {
    PORT,
    FREE,
    DB: database.host,
    NATS: broker.url,
    WEB: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`,
  };
  known['ADMIN'] = `${database.username}:${database.password}`;
});
afterAll(async () => {
  elsewhere.close();
  await broker.stop();
  rmSync(folder, { recursive: true });
});

/** `<DB>` stands for what is known only when the servers run. */
function filled(text: string): string {
  return text.replaceAll(/<(\w+)>/g, (_, name: string) => (name === 'SECRET' ? SECRET : (known[name] ?? name)));
}

interface Said {
  readonly text: string;
  /** Undefined for one that waits and goes on. */
  readonly code: number | null | undefined;
}

/** Runs a program until it ends or has said that it waits. */
async function said(program: string, environment: Record<string, string>, args: readonly string[] = []): Promise<Said> {
  const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
  const child = spawn(process.execPath, [join(repositoryRoot(), 'dist', program), ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const code = await new Promise<number | null | undefined>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('Waiting.')) resolve(undefined);
      });
    }
    child.once('close', resolve);
  });
  child.kill('SIGKILL');
  return { text, code };
}

function expectSentence(it: Said, sentence: string): void {
  expect(it.text).toContain(filled(sentence));
  expect(it.text).not.toMatch(/\n\s+at |\\n\s+at /);
  expect(it.text).not.toContain(SECRET);
}

const OF_NATS = Object.fromEntries(NATS_USERS.map((user) => [natsPasswordVariable(user), SECRET]));

describe('npm start', () => {
  const ports = {
    PORT: '<PORT>',
    OIDC_PORT: '29001',
    POSTGRES_PORT: '29002',
    NATS_PORT: '29003',
    OPS_PORTS_FROM: '29010',
  };

  it.each<[Record<string, string>, string]>([
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent'],
    [{ PORT: 'http' }, 'PORT: must be a port, a whole number from 1 to 65535'],
    [{ PORT: '70000' }, 'PORT: must be a port, a whole number from 1 to 65535'],
    [{ POSTGRES_PORT: '<PORT>' }, 'POSTGRES_PORT: is <PORT>, which PORT uses already'],
    [{ NATS_PORT: '29012' }, 'NATS_PORT: is 29012, which OPS_PORTS_FROM (29010 to 29014) uses already'],
    [{ OPS_PORTS_FROM: '65533' }, 'OPS_PORTS_FROM: must be at most 65531: five ports are used'],
    [{ HOST: 'http://localhost' }, 'HOST: must be an address or name of this machine'],
    [{ HOST: '192.0.2.1' }, 'HOST: 192.0.2.1 is no address of this machine'],
    [{ RATE_LIMIT_FACTOR: 'none' }, 'RATE_LIMIT_FACTOR: must be a number'],
    [
      { DATABASE_ADMIN_URL: 'localhost/fund' },
      'DATABASE_ADMIN_URL: must be an address such as postgres://user:password@host:5432/database',
    ],
    [
      { DATABASE_ADMIN_URL: 'postgres://me:50%@db/fund' },
      'special characters of user and password are percent-encoded',
    ],
    [
      { DATABASE_ADMIN_URL: 'postgres://me:<SECRET>@127.0.0.1:<FREE>/fund' },
      'The database at 127.0.0.1:<FREE> (user me) does not answer: connect ECONNREFUSED 127.0.0.1:<FREE>. Does it run, and is the address in DATABASE_ADMIN_URL right and reachable from here?',
    ],
    [
      { DATABASE_ADMIN_URL: 'postgres://me:<SECRET>@<DB>/postgres' },
      'The database at <DB> refuses the user me (password authentication failed for user "me"). Correct user and password in DATABASE_ADMIN_URL.',
    ],
    [
      { DATABASE_ADMIN_URL: 'postgres://<ADMIN>@<DB>/nowhere' },
      'The database at <DB> has no database "nowhere". Create it, or name another one in DATABASE_ADMIN_URL.',
    ],
    [{ NATS_URL: 'nats://me:pass@nats:4222' }, 'NATS_URL: must be an address such as nats://host:4222'],
    [
      { NATS_URL: '<NATS>' },
      'With NATS_URL, say also the passwords of its users, as deploy/nats has them: NATS_PASSWORD_GATEWAY',
    ],
    [
      { NATS_URL: 'nats://127.0.0.1:<FREE>', ...OF_NATS },
      'NATS at nats://127.0.0.1:<FREE> (user gateway) does not answer',
    ],
    [
      { NATS_URL: '<NATS>', ...OF_NATS },
      'NATS at <NATS> refuses the user finance (Authorization Violation). Correct NATS_PASSWORD_FINANCE.',
    ],
    [{ OIDC_ISSUER: 'login.example' }, 'OIDC_ISSUER: must be an address that begins with https:// or http://'],
    [
      { OIDC_ISSUER: 'http://127.0.0.1:<FREE>/realms/fund' },
      'The OpenID provider at http://127.0.0.1:<FREE>/realms/fund/.well-known/openid-configuration gives no keys, so no token can be verified: connect ECONNREFUSED',
    ],
    [{ OIDC_ISSUER: '<WEB>' }, 'gives no keys, so no token can be verified: it answers 404'],
    [{ FUND_DATA_DIR: '/dev/null/data' }, 'The data folder /dev/null/data cannot be written (ENOTDIR)'],
  ])('says what is wrong with %j', async (environment, sentence) => {
    const it = await said('tools/stack/main.js', { FUND_DATA_DIR: folder, ...ports, ...environment });
    expectSentence(it, sentence);
    expect(it.code).toBe(1);
  });

  it.each([
    [['--frehs'], {}, "Unknown option '--frehs'"],
    [[], { npm_config_fresh: 'true' }, 'npm took "--fresh" for itself. To delete all data'],
  ])('says how to begin anew: %j %j', async (args, environment, sentence) => {
    const it = await said('tools/stack/main.js', { FUND_DATA_DIR: folder, ...ports, ...environment }, args);
    expectSentence(it, sentence);
    expect(it.text).toContain('npm start -- --fresh');
  });
});

describe('a process by itself', () => {
  const SESSION_KEYS = `1:${Buffer.from(SECRET.padEnd(32).slice(0, 32)).toString('base64')}`;
  const gateway = {
    NATS_URL: '<NATS>',
    NATS_USER: 'gateway',
    NATS_PASSWORD: SECRET,
    OIDC_ISSUER: '<WEB>',
    PORT: '0',
    SESSION_KEYS,
  };
  const finance = { ...gateway, NODE_ENV: 'test', NATS_USER: 'finance', CURSOR_SECRET: 'a-cursor-secret-for-tests' };
  const migrate = {
    DATABASE_ADMIN_URL: 'postgres://me:<SECRET>@127.0.0.1:<FREE>/fund',
    NATS_URL: '<NATS>',
    NATS_ADMIN_PASSWORD: SECRET,
  };
  const [GATEWAY, FINANCE, MIGRATE] = ['apps/gateway/src/main.js', 'apps/finance/src/main.js', 'tools/migrate.js'];
  const STAFFING = 'apps/staffing/src/main.js';
  const staffing = { ...finance, NATS_USER: 'staffing', OIDC_ISSUER: 'https://login.example.org' };

  const EVENTS = 'apps/events/src/main.js';
  const events = {
    ...finance,
    NATS_USER: 'events',
    PUBLIC_URL: 'https://fund.example',
    DATABASE_URL: 'postgres://svc_events:<SECRET>@127.0.0.1:<FREE>/fund',
  };

  it.each<[string, Record<string, string>, string, number | undefined]>([
    [GATEWAY, { ...gateway, OIDC_ISSUER: '' }, 'OIDC_ISSUER: is missing', 78],
    [
      GATEWAY,
      { ...gateway, NATS_PASSWORD: '', NATS_PASSWORD_FILE: '/no/file' },
      'NATS_PASSWORD_FILE: /no/file cannot be read (ENOENT)',
      78,
    ],
    [GATEWAY, { ...gateway, SESSION_KEYS: '' }, 'SESSION_KEYS: is missing: without it every gateway', 78],
    [GATEWAY, { ...gateway, SESSION_KEYS: SECRET }, 'SESSION_KEYS: must be id:base64 of 32 bytes', 78],
    [
      GATEWAY,
      { ...gateway, HOST: '0.0.0.0' },
      'PUBLIC_URL: must be the https:// address of the server in front: over plain http from other machines (http://0.0.0.0:0)',
      78,
    ],
    [
      GATEWAY,
      { ...gateway, PUBLIC_URL: 'http://fund.example.org' },
      'PUBLIC_URL: must be the https:// address of the server in front',
      78,
    ],
    [GATEWAY, { ...gateway, PUBLIC_URL: 'https://fund.example.org/app' }, 'PUBLIC_URL: must have no path', 78],
    [GATEWAY, { ...gateway, OPS_HOST: '10.0.0.0/8' }, 'OPS_HOST: must be an address or name of this machine', 78],
    [
      GATEWAY,
      gateway,
      'NATS at <NATS> refuses the user gateway (Authorization Violation). Correct NATS_USER and NATS_PASSWORD.',
      78,
    ],
    [GATEWAY, { ...gateway, NATS_URL: 'nats://127.0.0.1:<FREE>' }, 'does not answer: connect ECONNREFUSED', undefined],
    [
      FINANCE,
      { ...finance, DATABASE_URL: 'postgres://svc_finance:<SECRET>@<DB>/postgres' },
      'The database at <DB> refuses the user svc_finance',
      78,
    ],
    [
      FINANCE,
      { ...finance, DATABASE_URL: 'postgres://svc_finance:<SECRET>@127.0.0.1:<FREE>/fund' },
      'The database at 127.0.0.1:<FREE> (user svc_finance) does not answer',
      undefined,
    ],
    [
      STAFFING,
      {
        ...staffing,
        SELECTION_BY_ONE_PERSON: 'marked',
        DATABASE_URL: 'postgres://svc_staffing:<SECRET>@127.0.0.1:<FREE>/fund',
      },
      'SELECTION_BY_ONE_PERSON: may be marked for trying things out only, with an OIDC_ISSUER on this machine',
      78,
    ],
    [EVENTS, { ...events, MAIL_SMTP_HOST: 'mail.example.org' }, 'MAIL_FROM: is missing: mails need a sender', 78],
    [
      EVENTS,
      { ...events, MAIL_SMTP_HOST: 'mail.example.org', MAIL_FROM: 'fund@example.org', MAIL_SMTP_TLS: 'none' },
      'MAIL_SMTP_TLS: may be none only for a server on this machine',
      78,
    ],
    [MIGRATE, migrate, 'The database at 127.0.0.1:<FREE> (user me) does not answer', 78],
    [
      MIGRATE,
      migrate,
      'NATS at <NATS> refuses the user admin (Authorization Violation). Correct NATS_ADMIN_USER and NATS_ADMIN_PASSWORD.',
      78,
    ],
    ['tools/identity-provider/main.js', { NODE_ENV: 'production' }, 'does not run with NODE_ENV=production', 78],
  ])('%s says what is wrong with %j', async (program, environment, sentence, code) => {
    const it = await said(program, environment);
    expectSentence(it, sentence);
    expect(it.code).toBe(code);
  });
});
