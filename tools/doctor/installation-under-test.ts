import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { SERVICES, type ServiceName } from '#contracts';
import { AUDIT_ROLE, migrate } from '#database';
import { AnswerSeal, ensureStreams, MessageSigner } from '#messaging';
import { connectNats, loadConfig } from '#platform';
import { startTestIssuer, TestAuthority, type TestIssuer } from '#testing';
import {
  type EmbeddedNats,
  type EmbeddedPostgres,
  findNatsServer,
  freePort,
  type NatsPasswords,
  newNatsPasswords,
  newPassword,
  startEmbeddedNats,
  startEmbeddedPostgres,
} from '#testing/embedded';
import { withReader } from '../audit/audit-database';
import { DATA_SOURCES } from '../data-sources';
import { newSigningKey, trustedSigningKeys } from '../stack/secrets';
import { examine, type Outcome } from './examine';
import { Installation } from './installation';
import type { Limits } from './limits';
import { doctorSettings, variable } from './settings';

const YEAR_DAYS = 365;
const CURSOR_SECRET = 'a cursor secret of this test';

interface Parts {
  readonly folder: string;
  readonly authority: TestAuthority;
  readonly postgres: EmbeddedPostgres;
  readonly nats: EmbeddedNats;
  readonly passwords: NatsPasswords;
  readonly issuer: TestIssuer;
}

/** A migrated Postgres and a NATS with all streams, both over TLS and of this file alone, and an issuer. No service runs. */
export class InstallationUnderTest {
  readonly signingKeys = { finance: newSigningKey(), staffing: newSigningKey() };
  readonly answerKeys = `1:${Buffer.alloc(32, 1).toString('base64')}`;
  private readonly rolePassword = newPassword();
  private readonly connections: NatsConnection[] = [];

  readonly folder: string;
  readonly issuer: TestIssuer;

  private constructor(private readonly parts: Parts) {
    this.folder = parts.folder;
    this.issuer = parts.issuer;
  }

  static async start(): Promise<InstallationUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'fund-doctor-'));
    chmodSync(folder, 0o755);
    const authority = new TestAuthority(folder, 'authority');
    const certificate = authority.sign('server', { days: YEAR_DAYS });
    const passwords = newNatsPasswords();
    const postgres = await startEmbeddedPostgres({
      folder: join(folder, 'postgres'),
      port: await freePort(),
      password: newPassword(),
      logFile: join(folder, 'postgres.log'),
      durability: 'throwaway',
      tls: { certificate: read(certificate.certificate), key: read(certificate.key) },
    });
    const nats = await startEmbeddedNats({
      binary: await findNatsServer(() => undefined),
      folder: join(folder, 'nats'),
      port: 0,
      passwords,
      logFile: join(folder, 'nats.log'),
      durability: 'throwaway',
      tls: [`cert_file: "${certificate.certificate}"`, `key_file: "${certificate.key}"`],
    });
    const issuer = await startTestIssuer();
    const it = new InstallationUnderTest({ folder, authority, postgres, nats, passwords, issuer });
    try {
      await it.prepare();
    } catch (error) {
      await it.stop();
      throw error;
    }
    return it;
  }

  /** What the doctor is told of it when all is well. */
  get settings(): Record<string, string> {
    return {
      DATABASE_ADMIN_URL: this.adminUrl,
      ...Object.fromEntries(SERVICES.map((it) => [variable('DATABASE_PASSWORD', it), this.rolePassword])),
      DATABASE_PASSWORD_AUDIT: this.rolePassword,
      NATS_URL: `tls://localhost:${this.parts.nats.port}`,
      NATS_CA: read(this.parts.authority.certificate),
      NATS_ADMIN_PASSWORD: this.parts.passwords.admin,
      OIDC_ISSUER: this.issuer.url,
      TRUSTED_SIGNING_KEYS: trustedSigningKeys(this.signingKeys),
      ...Object.fromEntries(SERVICES.map((it) => [variable('CURSOR_SECRET', it), CURSOR_SECRET])),
      ...Object.fromEntries(SERVICES.map((it) => [variable('ANSWER_KEYS', it), this.answerKeys])),
      DOCTOR_DISKS: this.folder,
    };
  }

  /** What the doctor finds; `told` replaces what it is told. */
  async examined({ told = {}, limits = {} }: { told?: Record<string, string>; limits?: Partial<Limits> } = {}): Promise<
    Outcome[]
  > {
    const settings = loadConfig(doctorSettings, { ...this.settings, ...told });
    // What the disk of the machine that runs the tests has left is not this installation's fault.
    const installation = new Installation(settings, { limits: { diskFreeShare: 0, ...limits } });
    try {
      return await examine(installation);
    } finally {
      await installation.close();
    }
  }

  /** Statements with the rights of the superuser, past every trigger. */
  sql(statements: string, parameters: readonly unknown[] = []): Promise<object[]> {
    return withReader(this.adminUrl, 'public', async (reader) => {
      await reader.query('SET session_replication_role = replica');
      return reader.query(statements, parameters);
    });
  }

  async connection(user: 'admin' | ServiceName): Promise<NatsConnection> {
    const { NATS_URL = '', NATS_CA } = this.settings;
    const identity = { name: `test-${user}`, user, pass: this.parts.passwords[user], inboxPrefix: `_INBOX_${user}` };
    const nc = await connectNats({ NATS_URL, NATS_CA }, identity);
    this.connections.push(nc);
    return nc;
  }

  async renewStreams(): Promise<void> {
    await ensureStreams(await this.connection('admin'));
  }

  /** A message of finance that was published, signed with a key. */
  async writeSigned(key: string): Promise<string> {
    const [id, subject, time, data] = [randomUUID(), 'evt.finance.payout.ordered.v1', new Date(), '{}'];
    const message = { id, type: subject, subject: id, time, sequence: 1, data };
    await this.sql(
      `INSERT INTO finance.outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, occurred_at, published_at, signature)
       VALUES ($1::uuid, $2, $1::text, 1, $3, $1::text, $4, now(), $5)`,
      [id, subject, data, time, new MessageSigner('finance', key).sign(message)],
    );
    return id;
  }

  /** An answer of events that waits for a repetition, sealed with the key of this name and this byte. */
  async storeAnswer(name: string, byte: number): Promise<Buffer> {
    const scope = createHash('sha256').update(randomUUID()).digest();
    const seal = new AnswerSeal({ CURSOR_SECRET, ANSWER_KEYS: [[name, Buffer.alloc(32, byte)]] });
    await this.sql(
      `INSERT INTO events.idempotency_key (scope, fingerprint, operation, reply, expires_at)
       VALUES ($1, $1, 'rpc.events.event.create', $2, now() + interval '1 day')`,
      [scope, seal.seal('{}', scope)],
    );
    return scope;
  }

  /** Both servers read their certificate again; it is valid for so many days. */
  async renewCertificate(days: number): Promise<void> {
    const { certificate, key } = this.parts.authority.sign('server', { days });
    writeFileSync(join(this.folder, 'postgres', 'server.crt'), read(certificate));
    writeFileSync(join(this.folder, 'postgres', 'server.key'), read(key));
    await this.sql('SELECT pg_reload_conf()');
    this.parts.nats.process.child.kill('SIGHUP');
  }

  async stop(): Promise<void> {
    for (const nc of this.connections) await nc.close();
    await this.issuer.stop();
    await this.parts.nats.process.stop();
    await this.parts.postgres.process.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get adminUrl(): string {
    const url = new URL(this.parts.postgres.adminUrl);
    Object.assign(url, { hostname: 'localhost', pathname: '/fund' });
    url.search = `?sslmode=verify-full&sslrootcert=${encodeURIComponent(this.parts.authority.certificate)}`;
    return url.toString();
  }

  private async prepare(): Promise<void> {
    await withReader(this.parts.postgres.adminUrl, 'public', (reader) => reader.query('CREATE DATABASE fund'));
    const passwords = Object.fromEntries([...SERVICES, AUDIT_ROLE].map((name) => [name, this.rolePassword]));
    await migrate({ adminUrl: this.adminUrl, services: Object.values(DATA_SOURCES), passwords });
    await this.renewStreams();
    await this.writeSigned(this.signingKeys.finance);
    await this.storeAnswer('1', 1);
  }
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
