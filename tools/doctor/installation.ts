import { connect, type NatsConnection } from '@nats-io/transport-node';
import { SERVICES, type ServiceName } from '#contracts';
import { AUDIT_ROLE, serviceRole } from '#database';
import { inspectStreams, type SqlReader, type StreamStanding } from '#messaging';
import { Clock, configuredKeysUrl, databaseFault, type KeyRing, natsFault, natsTls } from '#platform';
import { withReader } from '../audit/audit-database';
import { NotExamined } from './not-examined';
import { LIMITS, type Limits } from './limits';
import { type DoctorSettings, variable } from './settings';

const ANSWER_LIMIT_MS = 4_000;

/** A login of the platform and the password that it should have. */
export interface Login {
  readonly role: string;
  readonly password: string | undefined;
}

/**
 * The installation that is looked at: where its parts are, and with which rights. Everything is read only. A part that cannot be
 * reached is told by the check that looks after it (`reach…`); all others then say that they could not look.
 */
export class Installation {
  readonly clock: Clock;
  readonly limits: Limits;
  private nats: Promise<NatsConnection> | undefined;
  private database: Promise<string> | undefined;
  private standings: Promise<StreamStanding[]> | undefined;

  constructor(
    readonly settings: DoctorSettings,
    { clock = new Clock(), limits = {} }: { clock?: Clock; limits?: Partial<Limits> } = {},
  ) {
    this.clock = clock;
    this.limits = { ...LIMITS, ...limits };
  }

  get opsUrls(): readonly (readonly [string, string])[] {
    if (this.settings.DOCTOR_OPS_URLS.length === 0) throw new NotExamined('DOCTOR_OPS_URLS is not set');
    return this.settings.DOCTOR_OPS_URLS;
  }

  /** Throws NotExamined when no provider is known. */
  get issuer(): { OIDC_ISSUER: string; OIDC_JWKS_URL?: string; OIDC_LOOPBACK_JWKS_URL?: string } {
    const { OIDC_ISSUER, OIDC_JWKS_URL, OIDC_LOOPBACK_JWKS_URL } = this.settings;
    if (!OIDC_ISSUER) throw new NotExamined('OIDC_ISSUER is not set');
    return { OIDC_ISSUER, OIDC_JWKS_URL, OIDC_LOOPBACK_JWKS_URL };
  }

  /** Where the provider is asked from here; undefined when none is known. */
  get issuerUrl(): string | undefined {
    return this.settings.OIDC_ISSUER && (configuredKeysUrl(this.issuer) ?? this.settings.OIDC_ISSUER);
  }

  /** The logins of the services and of the auditors. */
  get logins(): Login[] {
    return [
      ...SERVICES.map((service) => ({
        role: serviceRole(service),
        password: this.of('DATABASE_PASSWORD', service),
      })),
      { role: AUDIT_ROLE, password: this.settings.DATABASE_PASSWORD_AUDIT },
    ];
  }

  /** A setting that each service has for itself. */
  of(prefix: 'DATABASE_PASSWORD' | 'CURSOR_SECRET', service: ServiceName): string | undefined {
    return (this.settings as Record<string, unknown>)[variable(prefix, service)] as string | undefined;
  }

  answerKeysOf(service: ServiceName): KeyRing | undefined {
    const value = (this.settings as Record<string, unknown>)[variable('ANSWER_KEYS', service)];
    return value as KeyRing | undefined;
  }

  /** Resolves when Postgres lets the administrator in; throws a sentence when it does not. */
  reachDatabase(): Promise<string> {
    this.database ??= this.connectDatabase();
    return this.database;
  }

  /** Runs statements as the administrator, in one schema. */
  async read<T>(schema: ServiceName | 'public', work: (reader: SqlReader) => Promise<T>): Promise<T> {
    const url = await orNotExamined(this.reachDatabase(), 'Postgres cannot be asked');
    return withReader(url, schema, work, { answerLimitMs: ANSWER_LIMIT_MS });
  }

  /** Like `read`, for each service; what it answers stands under the service's name. */
  async readEach<T>(
    work: (reader: SqlReader, service: ServiceName) => Promise<T>,
  ): Promise<(readonly [ServiceName, T])[]> {
    return Promise.all(
      SERVICES.map(async (service) => [service, await this.read(service, (reader) => work(reader, service))] as const),
    );
  }

  /** Whether a role is let in with this password; throws a sentence when it is not. */
  async logIn({ role, password }: { role: string; password: string }): Promise<void> {
    const url = new URL(await orNotExamined(this.reachDatabase(), 'Postgres cannot be asked'));
    Object.assign(url, { username: role, password });
    await openDatabase(url.toString(), 'DATABASE_URL');
  }

  /** The broker as its administrator; throws a sentence when it does not let one in. */
  reachBroker(): Promise<NatsConnection> {
    this.nats ??= this.connectBroker();
    return this.nats;
  }

  broker(): Promise<NatsConnection> {
    return orNotExamined(this.reachBroker(), 'NATS cannot be asked');
  }

  /** How every stream and durable stands; asked once. */
  streams(): Promise<StreamStanding[]> {
    const { NATS_STREAM_REPLICAS: replicas, NATS_STREAM_BYTES_MAX: maxBytes } = this.settings;
    this.standings ??= this.broker().then((nc) =>
      inspectStreams(nc, { ...(replicas && { replicas }), ...(maxBytes && { maxBytes }) }),
    );
    return this.standings;
  }

  async close(): Promise<void> {
    const nc = await this.nats?.catch(() => undefined);
    await nc?.close();
  }

  private async connectDatabase(): Promise<string> {
    const { DATABASE_ADMIN_URL: url } = this.settings;
    if (!url) throw new NotExamined('DATABASE_ADMIN_URL is not set');
    await openDatabase(url, 'DATABASE_ADMIN_URL');
    return url;
  }

  private async connectBroker(): Promise<NatsConnection> {
    const { NATS_URL, NATS_ADMIN_USER: user, NATS_ADMIN_PASSWORD: pass } = this.settings;
    if (!NATS_URL || !pass) throw new NotExamined(`${NATS_URL ? 'NATS_ADMIN_PASSWORD' : 'NATS_URL'} is not set`);
    const tls = natsTls({ ...this.settings, NATS_URL });
    try {
      return await connect({
        servers: NATS_URL.split(','),
        user,
        pass,
        name: 'doctor',
        inboxPrefix: `_INBOX_${user}`,
        timeout: ANSWER_LIMIT_MS,
        reconnect: false,
        ...(tls && { tls }),
      });
    } catch (error) {
      throw natsFault(error, { url: NATS_URL, user, credentials: 'NATS_ADMIN_USER and NATS_ADMIN_PASSWORD' });
    }
  }
}

async function openDatabase(url: string, setting: string): Promise<void> {
  try {
    await withReader(url, 'public', (reader) => reader.query('SELECT 1'), { answerLimitMs: ANSWER_LIMIT_MS });
  } catch (error) {
    throw databaseFault(error, { url, setting });
  }
}

async function orNotExamined<T>(attempt: Promise<T>, why: string): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    throw error instanceof NotExamined ? error : new NotExamined(why, { cause: error });
  }
}
