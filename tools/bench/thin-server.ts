import { createHash, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { Pool, type PoolClient, types } from 'pg';
import { createOrder, PARTNERSHIP, partnershipPage, REGISTER } from './thin-statements';

type Side<S extends string> = Record<`${S}_${'id' | 'side' | 'country' | 'kind' | 'name'}`, string>;

interface PartnershipRow extends Side<'german'>, Side<'partner'> {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly status: string;
  readonly statusSince: string;
  readonly languages: readonly string[];
  readonly fieldsOfAction: readonly object[];
  readonly statusChanges?: readonly object[];
  readonly period_from: string | null;
  readonly period_to: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface PageQuery {
  readonly status: string;
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * The yardstick of `npm run bench`: one process, bare Fastify and pg with named statements on plain tables of its own, for answers of
 * the same meaning and size. No service hop, no token, no rights, no outbox, audit or idempotency: what Node and Postgres can do
 * where nothing else is asked of them.
 */
export async function startThinServer(port: number, connectionString: string): Promise<void> {
  // Dates and instants stay the text that Postgres sends: cheaper than a Date and back.
  const options = '-c timezone=UTC';
  for (const oid of [types.builtins.DATE, types.builtins.TIMESTAMPTZ]) types.setTypeParser(oid, (text) => text);
  const pool = new Pool({ connectionString, max: 10, options });
  const app = Fastify();

  app.get<{ Params: { id: string } }>('/partnerships/:id', ID, async ({ params }, reply) => {
    const { rows } = await pool.query<PartnershipRow>({ name: 'w1', text: PARTNERSHIP, values: [params.id] });
    return rows[0] ? viewOf(rows[0]) : reply.code(404).send();
  });

  app.get<{ Querystring: PageQuery }>('/partnerships', PAGE, async ({ query: { status, limit, cursor } }) => {
    const after = cursor === undefined ? [] : Buffer.from(cursor, 'base64url').toString().split(' ');
    const { name, text } = partnershipPage(limit, after.length > 0);
    const { rows } = await pool.query<PartnershipRow>({ name, text, values: [status, ...after] });
    const wanted = rows.slice(0, limit);
    const last = rows.length > limit ? wanted.at(-1) : undefined;
    const next = last && Buffer.from(`${last.updated_at.replace(' ', 'T')} ${last.id}`).toString('base64url');
    return { items: wanted.map(viewOf), page: { limit, next: next ?? null } };
  });

  app.post<Arrival>('/events/:id/registrations', REGISTRATION, async ({ params, body }, reply) => {
    const { kind, group, attendanceMode, participants } = body;
    const [{ name, email }] = participants;
    const values = [params.id, randomUUID(), kind, group, attendanceMode, randomUUID(), name, email];
    const { rows } = await pool.query<object>({ name: 'w3', text: REGISTER, values });
    return rows[0] ? reply.code(201).send(rows[0]) : reply.code(409).send();
  });

  app.post<{ Params: { id: string } }>('/payouts/:id/orders', ID, async ({ params }, reply) => {
    const client = await pool.connect();
    try {
      const payout = await order(client, params.id);
      return await (payout ? reply.code(200).send(payout) : reply.code(409).send());
    } finally {
      client.release();
    }
  });

  await app.listen({ port, host: '127.0.0.1' });
}

const UUID = { type: 'string', pattern: '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' };
const ID = { schema: { params: { type: 'object', required: ['id'], properties: { id: UUID } } } };
const PAGE = {
  schema: {
    querystring: {
      type: 'object',
      required: ['status', 'limit'],
      properties: { status: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 200 } },
    },
  },
};

interface Arrival {
  readonly Params: { id: string };
  readonly Body: {
    readonly kind: string;
    readonly group: string;
    readonly attendanceMode: string;
    readonly participants: readonly [{ name: string; email: string }];
  };
}

const REGISTRATION = {
  schema: {
    ...ID.schema,
    body: {
      type: 'object',
      required: ['kind', 'group', 'attendanceMode', 'participants'],
      properties: {
        kind: { enum: ['PERSON'] },
        group: { enum: ['GERMAN_SIDE', 'PARTNER_SIDE', 'EXPERTS'] },
        attendanceMode: { enum: ['ON_SITE', 'ONLINE'] },
        participants: {
          type: 'array',
          minItems: 1,
          maxItems: 1,
          items: {
            type: 'object',
            required: ['name', 'email'],
            properties: {
              name: { type: 'string', minLength: 1, maxLength: 200 },
              email: { type: 'string', maxLength: 254, pattern: '^[^@]+@[^@]+$' },
            },
          },
        },
      },
    },
  },
};

function viewOf(row: PartnershipRow) {
  const { id, version, kind, status, statusSince, languages, fieldsOfAction, statusChanges } = row;
  return {
    id,
    version,
    kind,
    status,
    statusSince,
    participants: [
      {
        municipalityId: row.german_id,
        side: row.german_side,
        country: row.german_country,
        kind: row.german_kind,
        name: row.german_name,
      },
      {
        municipalityId: row.partner_id,
        side: row.partner_side,
        country: row.partner_country,
        kind: row.partner_kind,
        name: row.partner_name,
      },
    ],
    languages,
    fieldsOfAction,
    period: row.period_from === null ? null : { from: row.period_from, to: row.period_to },
    statusChanges,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
  };
}

/** `2026-11-27 01:11:34.708+00` as ISO 8601. */
function instant(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`;
}

/** The row of the contended fund last, so that it is held for the shortest time. */
async function order(client: PoolClient, payoutId: string): Promise<object | undefined> {
  await client.query('BEGIN');
  try {
    const hash = createHash('sha256').update(payoutId).digest('hex');
    const values = [payoutId, hash, randomUUID(), randomUUID()];
    const { rows } = await client.query<{ posted: string }>({ name: 'w4', text: createOrder, values });
    const [payout] = rows;
    await client.query(payout?.posted === '2' ? 'COMMIT' : 'ROLLBACK');
    return payout?.posted === '2' ? payout : undefined;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
