import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '#contracts';
import { connectNats, natsTls } from '#platform';
import { startNats, startPostgres, TestAuthority } from '#testing';
import {
  type EmbeddedNats,
  type EmbeddedPostgres,
  findNatsServer,
  freePort,
  newNatsPasswords,
  newPassword,
  startEmbeddedNats,
  startEmbeddedPostgres,
} from '#testing/embedded';
import { AUDIT_ROLE, createDataSource, databaseConfigSchema, migrate, openDatabase } from '#database';

// One that signed for the servers and a client, and one that signed for nobody.
const read = (file: string) => readFileSync(file, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'fund-tls-'));
chmodSync(folder, 0o755);
const ours = new TestAuthority(folder, 'ours');
const theirs = new TestAuthority(folder, 'theirs');
const server = ours.sign('server');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Postgres over TLS', () => {
  const finance = createDataSource({ service: 'finance', entities: [], migrations: [] });
  const password = newPassword();
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({
      folder: join(folder, 'postgres'),
      port: await freePort(),
      password,
      logFile: join(folder, 'postgres.log'),
      durability: 'throwaway',
      tls: { certificate: read(server.certificate), key: read(server.key) },
    });
    const passwords = Object.fromEntries([...SERVICES, AUDIT_ROLE].map((name) => [name, password]));
    await migrate({ adminUrl: url(postgres.adminUrl, ours), services: [finance], passwords });
  }, 60_000);
  afterAll(() => postgres?.process.stop());

  function url(address: string, authority: TestAuthority, host = 'localhost'): string {
    const given = new URL(address);
    given.hostname = host;
    given.search = `?sslmode=verify-full&sslrootcert=${encodeURIComponent(authority.certificate)}`;
    return given.toString();
  }

  function open(adminUrl: string, authority: TestAuthority, host?: string) {
    const address = new URL(url(adminUrl, authority, host));
    Object.assign(address, { username: 'svc_finance', password });
    const config = { DATABASE_URL: address.toString(), CURSOR_SECRET: 'a secret of this test' };
    return openDatabase(finance, databaseConfigSchema.parse(config));
  }

  it.each(['localhost', '127.0.0.1'])('is encrypted on every connection to %s', async (host) => {
    const database = await open(postgres.adminUrl, ours, host);
    try {
      const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      expect(await database.query(sql)).toEqual([{ ssl: true }]);
      const client = await database.connectDedicated('test');
      expect((await client.query(sql)).rows).toEqual([{ ssl: true }]);
      await client.end();
    } finally {
      await database.close();
    }
  });

  it('refuses a server that another authority signed, in a sentence', async () => {
    await expect(open(postgres.adminUrl, theirs)).rejects.toThrow(
      /server of DATABASE_URL is refused: its certificate is not trusted/,
    );
  });

  it('refuses a server without TLS', async () => {
    const plain = await startPostgres('embedded');
    try {
      await expect(open(plain.adminUrl, ours)).rejects.toThrow('is refused: it offers no TLS');
    } finally {
      await plain.stop();
    }
  });
});

describe('NATS over TLS', () => {
  const passwords = newNatsPasswords();
  let nats: EmbeddedNats;
  beforeAll(async () => {
    nats = await startEmbeddedNats({
      binary: await findNatsServer(() => undefined),
      folder: join(folder, 'nats'),
      port: 0,
      passwords,
      logFile: join(folder, 'nats.log'),
      durability: 'throwaway',
      tls: [
        `cert_file: "${server.certificate}"`,
        `key_file: "${server.key}"`,
        `ca_file: "${ours.certificate}"`,
        'verify: true',
      ],
    });
  }, 30_000);
  afterAll(() => nats?.process.stop());

  const client = ours.sign('client');
  const identity = { NATS_CERT: read(client.certificate), NATS_KEY: read(client.key) };
  const options = { name: 'test', user: 'finance', pass: passwords.finance };
  const address = (port: number) => `tls://localhost:${port}`;

  it('is encrypted, with a certificate of both sides', async () => {
    const nc = await connectNats(
      { NATS_URL: address(nats.port), NATS_CA: read(ours.certificate), ...identity },
      options,
    );
    expect(nc.info).toMatchObject({ tls_required: true, tls_verify: true });
    await nc.close();
  });

  it('refuses a broker that another authority signed, in a sentence', async () => {
    const strange = connectNats(
      { NATS_URL: address(nats.port), NATS_CA: read(theirs.certificate), ...identity },
      options,
    );
    await expect(strange).rejects.toThrow(/NATS at .* is refused: its certificate is not trusted/);
  });

  it('refuses a broker without TLS before it has the password', async () => {
    const plain = await startNats('embedded');
    try {
      const port = Number(new URL(plain.url).port);
      const naked = connectNats({ NATS_URL: address(port), NATS_CA: read(ours.certificate) }, options);
      await expect(naked).rejects.toThrow('is refused: it offers no TLS');
    } finally {
      await plain.stop();
    }
  });

  it.each([
    [{ NATS_URL: 'tls://a:4222,nats://b:4222' }, 'some servers are tls:// and some are not'],
    [{ NATS_URL: 'nats://a:4222', NATS_CA: 'x' }, 'NATS_URL does not begin with'],
    [{ NATS_URL: 'tls://a:4222', NATS_CERT: 'x' }, 'belong together'],
  ])('refuses settings that contradict each other: %j', (settings, reason) => {
    expect(() => natsTls(settings)).toThrow(reason);
  });
});
