import { z } from 'zod';
import { message, operation } from '#contracts';
import { createDataSource, Database, databaseConfigSchema } from '#database';
import { type Call, FixedClock, newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import { AnswerSeal } from './answer-seal';
import { AUDIT_CHAIN, Commands, messagingMigrations, Outbox } from '../index';
import { type ChainFault, type ChainHead, findUnsealed, walkChain } from '../audit/hash-chain';
import { appendSeals } from '../audit/sealing';
import { MessageSigner } from '../signing/message-signer';
import { RelaySignal } from '../relay/relay-signal';

const put = operation({
  subject: 'rpc.events.thing.put',
  http: { method: 'POST', path: '/things/{thingId}/puts' },
  summary: 'For this test',
  request: z.strictObject({ thingId: z.string(), note: z.string() }),
  reply: z.strictObject({ id: z.string(), version: z.int() }),
  allow: { adviser: 'any' },
  idempotency: 'required',
});
export const thingPut = message({
  subject: 'evt.events.thing.put.v1',
  summary: 'For this test',
  data: z.object({ thingId: z.uuid() }),
});

/** A database with the tables of messaging alone, and commands on it. */
export interface CommandWorld {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly commands: Commands;
  readonly outbox: Outbox;
  close(): Promise<void>;
}

export async function startCommandWorld(): Promise<CommandWorld> {
  const factory = createDataSource({ service: 'events', entities: [], migrations: messagingMigrations });
  const clock = new FixedClock('2027-01-01T00:00:00Z');
  const outbox = new Outbox(clock, new RelaySignal(), new MessageSigner('events', undefined));
  const test = await createTestDatabase(factory);
  const database = await Database.open(
    factory,
    databaseConfigSchema.parse({
      DATABASE_URL: test.serviceUrl,
      CURSOR_SECRET: 'a secret of this test',
      DATABASE_POOL_SIZE: String(COMMAND_POOL_SIZE),
    }),
  );
  const seal = new AnswerSeal({ CURSOR_SECRET: 'a secret of this test' });
  const close = async (): Promise<void> => {
    await database.close();
    await test.drop();
  };
  return { test, database, commands: new Commands(database, outbox, seal), outbox, close };
}

export const COMMAND_POOL_SIZE = 20;

/** An adviser's call that puts the thing. */
export function putCall(thingId: string, values: Partial<Call> = {}): Call & { isReplayed: boolean } {
  return {
    caller: { subject: 'adviser-1', roles: ['adviser'] },
    scope: 'any',
    operation: put,
    request: { thingId, note: 'n' },
    token: '',
    correlationId: newId(),
    deadlineAt: Number.POSITIVE_INFINITY,
    isReplayed: false,
    markReplayed() {
      this.isReplayed = true;
    },
    ...values,
  };
}

/** Seals every record of the audit trail. */
export async function sealAuditTrail(database: Database): Promise<void> {
  while ((await database.transaction((tx) => appendSeals(tx, AUDIT_CHAIN, 'events'))) > 0);
}

/** The first fault of the audit trail, and what a checkpoint would say of it now. */
export async function walkAuditTrail(
  database: Database,
  checkpoint?: ChainHead,
): Promise<{ head: ChainHead; fault: ChainFault | undefined }> {
  const { position, fault } = await walkChain(database, AUDIT_CHAIN, { checkpoints: checkpoint ? [checkpoint] : [] });
  return { head: position, fault: fault ?? (await findUnsealed(database, AUDIT_CHAIN)).fault };
}
