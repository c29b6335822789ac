import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { DiscardPolicy, jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { partnershipRecorded } from '#contracts/partnership';
import { eventually } from '#testing';
import { freePort } from '#testing/embedded';
import { newSigningKey } from '../stack/secrets';
import type { Outcome } from './examine';
import { InstallationUnderTest } from './installation-under-test';
import type { Limits } from './limits';
import { PERSON, SQL_FAULTS } from './sql-faults';

let installation: InstallationUnderTest;
beforeAll(async () => {
  installation = await InstallationUnderTest.start();
}, 120_000);
afterAll(() => installation?.stop());

interface Fault {
  /** What is done, in words. */
  readonly fault: string;
  readonly check: string;
  readonly finding: RegExp;
  /** Does it, and answers how it is undone. */
  inject?(): Promise<() => unknown>;
  /** What the doctor is told otherwise. */
  readonly told?: () => Record<string, string> | Promise<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

const sql = (statement: string, parameters?: readonly unknown[]) => installation.sql(statement, parameters);
const onStreams = (work: (manager: JetStreamManager) => Promise<unknown>) => async () => {
  await work(await jetstreamManager(await installation.connection('admin')));
  return () => installation.renewStreams();
};
const waitingIn = (publisher: 'partnership' | 'finance', subject: string) => async () => {
  await jetstream(await installation.connection(publisher)).publish(subject, '{}');
  await delay(1_100);
  const manager = await jetstreamManager(await installation.connection('admin'));
  return () => manager.streams.purge(`EVT_${publisher.toUpperCase()}`);
};

const sqlFaults = SQL_FAULTS.map(({ sql: [doing, undo], ...fault }): Fault => {
  const inject = async () => {
    await sql(doing);
    return () => sql(undo);
  };
  return { ...fault, inject };
});

const roles: Fault[] = [
  {
    fault: 'a role has another password',
    check: 'database roles',
    finding: /The database at localhost:\d+ refuses the user svc_staffing/,
    inject: async () => {
      const [row] = (await sql(`SELECT rolpassword FROM pg_authid WHERE rolname = 'svc_staffing'`)) as {
        rolpassword: string;
      }[];
      await sql(`ALTER ROLE svc_staffing PASSWORD 'another-password'`);
      return () => sql(`ALTER ROLE svc_staffing PASSWORD '${row?.rolpassword}'`);
    },
  },
];

const messages: Fault[] = [
  {
    fault: 'a stream is deleted',
    check: 'streams and consumers',
    finding: /The stream EVT_EVENTS is missing/,
    inject: onStreams((manager) => manager.streams.delete('EVT_EVENTS')),
  },
  {
    fault: 'a stream drops messages instead of refusing them',
    check: 'streams and consumers',
    finding: /The stream EVT_FINANCE is set otherwise: discard/,
    inject: onStreams((manager) => manager.streams.update('EVT_FINANCE', { discard: DiscardPolicy.Old })),
  },
  {
    fault: 'a durable is deleted',
    check: 'streams and consumers',
    finding: /The consumer finance on EVT_STAFFING is missing/,
    inject: onStreams((manager) => manager.consumers.delete('EVT_STAFFING', 'finance')),
  },
  {
    fault: 'a durable gives up after some attempts',
    check: 'streams and consumers',
    finding: /The consumer finance on EVT_STAFFING is set otherwise: max_deliver/,
    inject: onStreams((manager) => manager.consumers.update('EVT_STAFFING', 'finance', { max_deliver: 5 })),
  },
  {
    fault: 'a stream is nearly full',
    check: 'streams and consumers',
    finding: /The stream EVT_PARTNERSHIP is \d+ % full/,
    inject: async () => {
      await jetstream(await installation.connection('partnership')).publish(
        'evt.partnership.a.b.v1',
        'x'.repeat(9_000),
      );
      const manager = await jetstreamManager(await installation.connection('admin'));
      await manager.streams.update('EVT_PARTNERSHIP', { max_bytes: 10_000 });
      return async () => {
        await manager.streams.purge('EVT_PARTNERSHIP');
        await installation.renewStreams();
      };
    },
  },
  {
    fault: 'the durable of the finance department is deleted',
    check: 'consumers outside',
    finding: /The durable finance-department on EVT_FINANCE is missing/,
    inject: onStreams((manager) => manager.consumers.delete('EVT_FINANCE', 'finance-department')),
  },
  {
    fault: 'the finance department fetches nothing',
    check: 'consumers outside',
    finding: /finance-department has 1 message of EVT_FINANCE before it, the oldest for \d s/,
    inject: waitingIn('finance', 'evt.finance.payout.ordered.v1'),
    limits: { externalLagSeconds: 1 },
  },
  {
    fault: 'a consumer does not keep up',
    check: 'consumer lag',
    finding: /staffing has 1 message of EVT_PARTNERSHIP before it/,
    inject: waitingIn('partnership', partnershipRecorded.subject),
    limits: { lagSeconds: 1 },
  },
];

const keys: Fault[] = [
  {
    fault: 'finance signs with a key that nobody trusts',
    check: 'signing keys',
    finding: /The last message of finance will not be believed: no trusted key of finance has signed/,
    inject: async () => {
      const id = await installation.writeSigned(newSigningKey());
      return () => sql('DELETE FROM finance.outbox_message WHERE id = $1', [id]);
    },
  },
  {
    fault: 'the key of stored answers is gone',
    check: 'answer keys',
    finding: /events: 1 stored answers are sealed with the key "old"/,
    inject: async () => {
      const scope = await installation.storeAnswer('old', 2);
      return () => sql('DELETE FROM events.idempotency_key WHERE scope = $1', [scope]);
    },
  },
  {
    fault: 'another key has the name of the old one',
    check: 'answer keys',
    finding: /events: 1 stored answers are sealed with the key "1"/,
    told: () => ({ ANSWER_KEYS_EVENTS: `1:${Buffer.alloc(32, 3).toString('base64')}` }),
  },
  {
    fault: 'the issuer is away',
    check: 'sign-in',
    finding: /openid-configuration answers 503/,
    inject: () => {
      installation.issuer.setAway(true);
      return Promise.resolve(() => installation.issuer.setAway(false));
    },
  },
  {
    fault: 'the issuer calls itself otherwise',
    check: 'sign-in',
    finding: /is of the issuer "http:\/\/127.0.0.1:\d+", but OIDC_ISSUER is "http:\/\/127.0.0.1:\d+\/"/,
    told: () => ({ OIDC_ISSUER: `${installation.issuer.url}/` }),
  },
  {
    fault: 'certificates end soon',
    check: 'certificates',
    finding: /The certificate of (Postgres|NATS) at localhost:\d+ ends in 9 days, on \d{4}/,
    inject: async () => {
      await installation.renewCertificate(10);
      return () => installation.renewCertificate(365);
    },
  },
];

const surroundings: Fault[] = [
  {
    fault: 'a clock is an hour ahead',
    check: 'clocks',
    finding: /The clock of finance is 3\d\d\d s before that of this machine/,
    told: async () => ({ DOCTOR_OPS_URLS: `finance=${await anHourAhead()}` }),
  },
  {
    fault: 'a disk is nearly full',
    check: 'disks',
    finding: /The disk of .+fund-doctor-\w+ has [\d.]+ [MG]iB left, \d+ %/,
    limits: { diskFreeShare: 1, diskFreeBytes: Infinity },
  },
  {
    fault: 'Postgres is too old',
    check: 'versions',
    finding: /Postgres is 18\.\S+; this platform needs 99/,
    limits: { postgresMajor: 99 },
  },
  {
    fault: 'NATS is too old',
    check: 'versions',
    finding: /NATS is 2\.\S+; this platform needs 9.0/,
    limits: { natsVersion: [9, 0] },
  },
  {
    fault: 'Node is too old',
    check: 'versions',
    finding: /Node of this program is [\d.]+; this platform needs 99/,
    limits: { nodeMajor: 99 },
  },
  {
    fault: 'a service does not run',
    check: 'services',
    finding: /staffing does not answer \(ECONNREFUSED\)/,
    told: async () => ({ DOCTOR_OPS_URLS: `staffing=http://127.0.0.1:${await freePort()}` }),
  },
  {
    fault: 'Postgres does not run',
    check: 'Postgres',
    finding: /The database at 127.0.0.1:9 \(user postgres\) does not answer: .*ECONNREFUSED/,
    told: () => ({ DATABASE_ADMIN_URL: 'postgres://postgres:hidden@127.0.0.1:9/fund' }),
  },
  {
    fault: 'Postgres does not let the administrator in',
    check: 'Postgres',
    finding: /The database at localhost:\d+ refuses the user postgres/,
    told: () => ({
      DATABASE_ADMIN_URL: installation.settings['DATABASE_ADMIN_URL']?.replace(/:[^:@]+@/, ':hidden@') ?? '',
    }),
  },
  {
    fault: 'NATS does not run',
    check: 'NATS',
    finding: /NATS at nats:\/\/127.0.0.1:9 \(user admin\) does not answer/,
    told: () => ({ NATS_URL: 'nats://127.0.0.1:9', NATS_CA: '' }),
  },
  {
    fault: 'NATS does not let the administrator in',
    check: 'NATS',
    finding: /NATS at tls:\/\/localhost:\d+ refuses the user admin/,
    told: () => ({ NATS_ADMIN_PASSWORD: 'hidden' }),
  },
];

it('finds nothing in an installation that is well', async () => {
  expect(found(await installation.examined())).toEqual([]);
});

it.each([...sqlFaults, ...roles, ...messages, ...keys, ...surroundings])(
  'finds that $fault, by the check "$check" and by no other',
  async (injected) => {
    const undo = await injected.inject?.();
    try {
      const told = await injected.told?.();
      // A server that reads its certificate again takes a moment.
      await eventually(async () => {
        const findings = found(await installation.examined({ told, limits: injected.limits }));
        expect(findings).not.toEqual([]);
        for (const { check, sentence } of findings) {
          expect(check).toBe(injected.check);
          expect(sentence).toMatch(injected.finding);
        }
        expect(JSON.stringify(findings)).not.toMatch(new RegExp(`hidden|another-password|${PERSON}`));
      });
    } finally {
      await undo?.();
    }
  },
);

describe('when nothing answers', () => {
  const silent: (Server | Socket)[] = [];
  // The sockets too: a client library that gave up keeps its own end open.
  afterAll(() => silent.forEach((it) => ('destroy' in it ? it.destroy() : it.close())));

  it('says so of each part, and never fails', async () => {
    const port = await silentPort(silent);
    const outcomes = await installation.examined({
      told: {
        DATABASE_ADMIN_URL: `postgres://postgres:hidden@127.0.0.1:${port}/fund?sslmode=verify-full`,
        NATS_URL: `tls://127.0.0.1:${port}`,
        OIDC_ISSUER: `https://127.0.0.1:${port}`,
        DOCTOR_OPS_URLS: `finance=http://127.0.0.1:${port}`,
        DOCTOR_DISKS: '/nowhere',
      },
    });
    const faulty = new Set(found(outcomes).map(({ check }) => check));
    expect([...faulty].sort()).toEqual(['NATS', 'Postgres', 'certificates', 'disks', 'services', 'sign-in']);
    expect(outcomes.filter(({ notExamined }) => notExamined === undefined).length).toBeLessThan(9);
  });
});

it('finds nothing again once everything is put right', async () => {
  await eventually(async () => expect(found(await installation.examined())).toEqual([]));
});

function found(outcomes: readonly Outcome[]): { check: string; sentence: string }[] {
  return outcomes.flatMap(({ check, findings }) => findings.map(({ sentence }) => ({ check, sentence })));
}

/** A process that is well, on a machine whose clock is not. */
async function anHourAhead(): Promise<string> {
  const server = createHttpServer((_, response) => {
    response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString());
    response.end(JSON.stringify({ status: 'up', checks: {} }));
  }).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes every connection and says nothing. */
async function silentPort(opened: (Server | Socket)[]): Promise<number> {
  const server = createServer((socket) => opened.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  opened.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
