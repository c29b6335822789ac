import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { type KV, type KvEntry, Kvm } from '@nats-io/kv';
import { RequestError } from '@nats-io/transport-node';
import { z } from 'zod';
import { AppError } from '#contracts';
import { HealthRegistry, Nats, SESSION_BUCKET, SESSION_STREAM } from '#platform';
import { type Session, sessionSchema } from './session';
import { SessionSeal } from './session-seal';

const ID_BYTES = 32;
const PREFIX = `$KV.${SESSION_BUCKET}.`;
const REQUEST_MS = 3000;

/** A session with the revision that it was read in. */
export interface StoredSession {
  readonly key: string;
  readonly revision: number;
  readonly session: Session;
}

/** Whom a provider signs out: a person everywhere, or one session of theirs. */
export interface SignedOut {
  readonly subject?: string | undefined;
  readonly providerSession?: string | undefined;
}

/**
 * The sessions of all gateways, in a key-value bucket of NATS that forgets them by itself. What lies there opens with SESSION_KEYS alone,
 * and its key is the hash of the id that the browser holds: whoever reads the bucket can be nobody. A bucket that is lost signs
 * everybody out and does nothing else.
 */
@Injectable()
export class SessionStore implements OnModuleInit {
  private readonly logger = new Logger(SessionStore.name);
  private bucket: { quick: KV; sure: KV } | undefined;

  constructor(
    private readonly seal: SessionSeal,
    private readonly nats: Nats,
    health: HealthRegistry,
  ) {
    health.registerFinding('sessions', () => this.fault());
  }

  async onModuleInit(): Promise<void> {
    await this.nats.ready();
    const kvm = new Kvm(this.nats.nc);
    // In a cluster any server answers quickly, and the leader knows what was written a moment ago.
    const [quick, sure] = await Promise.all([
      kvm.open(SESSION_BUCKET, { allow_direct: true }),
      kvm.open(SESSION_BUCKET, { allow_direct: false }),
    ]);
    this.bucket = { quick, sure };
  }

  /** Keeps a new session; answers the id for its browser, which nobody else ever sees. */
  async create(session: Session): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const key = keyOf(id);
    await this.reach(async ({ sure }) => {
      // The index first: a session that no sign-out finds must not come into being.
      await sure.put(indexOf(session, key), '');
      await sure.create(key, this.sealed(session, key));
    });
    return id;
  }

  async find(id: string): Promise<StoredSession | undefined> {
    const key = keyOf(id);
    const entry = await this.reach(({ quick }) => quick.get(key).catch(ifNobodyAnswers));
    return (entry ? this.opened(entry, key) : undefined) ?? this.findSurely(key);
  }

  /** As its last write left it, wherever that was. */
  async findSurely(key: string): Promise<StoredSession | undefined> {
    const entry = await this.reach(({ sure }) => sure.get(key).catch(ifNoBucket));
    return entry ? this.opened(entry, key) : undefined;
  }

  /** Undefined when another gateway changed or ended it since it was read. */
  async replace({ key, revision }: StoredSession, session: Session): Promise<StoredSession | undefined> {
    try {
      const next = await this.reach(({ sure }) => sure.update(key, this.sealed(session, key), revision));
      return { key, revision: next, session };
    } catch (error) {
      if (isStale(error)) return undefined;
      throw error;
    }
  }

  async end({ key, session }: StoredSession): Promise<void> {
    await this.remove(key, indexOf(session, key));
  }

  /** Ends what a provider has signed out; answers how many sessions that were. */
  async endAll({ subject, providerSession }: SignedOut): Promise<number> {
    const token = (value: string | undefined): string => (value === undefined ? '*' : hash(value));
    const indices = await this.reach(() => this.keysOf(`of.${token(subject)}.${token(providerSession)}.*`));
    for (const index of indices) await this.remove(`id.${index.split('.').at(-1) ?? ''}`, index);
    return indices.length;
  }

  private async remove(key: string, index: string): Promise<void> {
    await this.reach(async ({ sure }) => {
      await sure.purge(key);
      await sure.purge(index);
    });
  }

  /** Headers and values of an index say nothing: its name is all that there is. */
  private async keysOf(filter: string): Promise<string[]> {
    const question = JSON.stringify({ subjects_filter: PREFIX + filter });
    const answer = await this.nats.nc.request(`$JS.API.STREAM.INFO.${SESSION_STREAM}`, question, {
      timeout: REQUEST_MS,
    });
    const { state } = streamInfo.parse(answer.json());
    return Object.keys(state?.subjects ?? {}).map((subject) => subject.slice(PREFIX.length));
  }

  private sealed(session: Session, key: string): string {
    return this.seal.seal(JSON.stringify(session), Buffer.from(key));
  }

  /** Nothing where it was ended, or where it opens with none of our keys. */
  private opened({ operation, value, revision }: KvEntry, key: string): StoredSession | undefined {
    if (operation !== 'PUT') return undefined;
    try {
      const text = this.seal.open(Buffer.from(value).toString(), Buffer.from(key));
      return { key, revision, session: sessionSchema.parse(JSON.parse(text)) };
    } catch (error) {
      this.logger.warn({ err: error }, 'a session could not be opened: its key is not in SESSION_KEYS any more');
      return undefined;
    }
  }

  /** PLATFORM_SERVICE_UNAVAILABLE while the broker or the bucket is away. */
  private async reach<T>(ask: (bucket: { quick: KV; sure: KV }) => Promise<T>): Promise<T> {
    try {
      if (!this.bucket) throw new Error('the gateway has not started');
      return await ask(this.bucket);
    } catch (error) {
      if (isStale(error)) throw error;
      throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service: 'sessions' }, { cause: error });
    }
  }

  private async fault(): Promise<string | undefined> {
    const exists = await this.reach(({ sure }) => sure.get('none').then(() => true, isThere));
    return exists ? undefined : 'there is no bucket for sessions: run the migration step';
  }
}

const streamInfo = z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).nullish() }).optional() });

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function keyOf(id: string): string {
  return `id.${hash(id)}`;
}

/** `of.<person>.<session at the provider>.<session>`, all of them hashes. */
function indexOf({ subject, providerSession = '' }: Session, key: string): string {
  return `of.${hash(subject)}.${hash(providerSession)}.${key.slice('id.'.length)}`;
}

function isStale(error: unknown): boolean {
  return (
    error instanceof JetStreamApiError &&
    (error.code === JetStreamApiCodes.StreamWrongLastSequence ||
      error.code === JetStreamApiCodes.StreamWrongLastSequenceUnknown)
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
}

function isThere(error: unknown): boolean {
  if (isMissing(error)) return false;
  throw error;
}

/** Where the bucket is lost there are no sessions. */
function ifNoBucket(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** A server that knows no such bucket does not answer such a question; the other way to ask tells why. */
function ifNobodyAnswers(error: unknown): null {
  if (error instanceof RequestError && error.isNoResponders()) return null;
  throw error;
}
