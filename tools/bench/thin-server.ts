import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { Pool, type PoolClient } from 'pg';
import { v7 } from 'uuid';
import { createMunicipality, getPartnership, orderPayout } from '#contracts';
import {
  type PartnershipRow,
  partnershipSelect,
  partnershipView,
} from '../../apps/partnership/src/partnerships/partnership.messages';

/**
 * The yardstick of `npm run bench`: one process, bare Fastify and pg with named statements on the same tables, validating with the
 * same schemas. No service hop, no token, no rights, no outbox, audit or idempotency: what Node and Postgres can do without us.
 */
export async function startThinServer(port: number, urls: { partnership: string; finance: string }): Promise<void> {
  const pool = poolOf('partnership', urls.partnership);
  const finance = poolOf('finance', urls.finance);
  const app = Fastify();

  app.get<{ Params: { partnershipId: string } }>('/partnerships/:partnershipId', async (request, reply) => {
    const { partnershipId } = getPartnership.request.parse(request.params);
    const { rows } = await pool.query<PartnershipRow>({
      name: 'w1',
      text: `${partnershipSelect} WHERE p.id = $1`,
      values: [partnershipId],
    });
    const [row] = rows;
    if (!row) return reply.code(404).send();
    return partnershipView(row);
  });

  app.post('/municipalities', async (request, reply) => {
    const { names, country, kind, population, populationOn, identifiers } = createMunicipality.request.parse(
      request.body,
    );
    const id = v7();
    const values = [
      id,
      kind,
      names?.official,
      names?.local,
      names?.latin,
      country,
      population,
      populationOn,
      JSON.stringify(identifiers),
    ];
    const { rows } = await pool.query<Record<string, unknown>>({ name: 'w3', text: INSERT_MUNICIPALITY, values });
    return reply.code(201).send({ ...rows[0], identifiers });
  });

  app.post<{ Params: { payoutId: string } }>('/payouts/:payoutId/orders', async (request, reply) => {
    const { payoutId } = orderPayout.request.parse(request.params);
    const client = await finance.connect();
    try {
      const payout = await order(client, payoutId);
      return await (payout ? reply.code(200).send(payout) : reply.code(409).send());
    } finally {
      client.release();
    }
  });

  await app.listen({ port, host: '127.0.0.1' });
}

function poolOf(schema: string, connectionString: string): Pool {
  return new Pool({ connectionString, max: 10, options: `-c search_path=${schema},extensions` });
}

/** One transaction as anyone would write it by hand: the contended accounts last, so that they are held for the shortest time. */
async function order(client: PoolClient, payoutId: string): Promise<object | undefined> {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<OrderRow>({ name: 'w4_lock', text: LOCK_PAYOUT, values: [payoutId] });
    const [row] = rows;
    if (row?.status !== 'ARITHMETICALLY_CHECKED') {
      await client.query('ROLLBACK');
      return undefined;
    }
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
    const told = { payoutId, fundId: row.fund_id, amount: row.amount_minor, status: 'ORDERED' };
    const text = WRITE_ORDER;
    const values = [payoutId, hash, row.commitment_id, row.budget_year, row.amount_minor, v7(), JSON.stringify(told)];
    await client.query({ name: 'w4_write', text, values: [...values, nextPosition()] });
    const posting = [row.fund_id, row.budget_year, row.amount_minor, v7(), payoutId];
    const posted = await client.query({ name: 'w4_post', text: POST_ENTRY, values: posting });
    if (posted.rowCount !== 2) throw new Error('the accounts are not there');
    await client.query('COMMIT');
    return { ...row, status: 'ORDERED' };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

interface OrderRow {
  readonly status: string;
  readonly fund_id: string;
  readonly commitment_id: string;
  readonly budget_year: number;
  readonly amount_minor: string;
}

// Below zero, where the relay does not look: the yardstick's messages go nowhere.
let lastPosition = -Date.now() * 1000;
const nextPosition = (): number => (lastPosition -= 1);

const LOCK_PAYOUT = `
  SELECT p.*, y.name AS payee_name, y.iban, y.bic, y.account_holder
  FROM payout p JOIN payee y ON y.id = p.payee_id WHERE p.id = $1 FOR UPDATE OF p`;
const WRITE_ORDER = `
  WITH ordered AS (
    UPDATE payout SET version = version + 1, status = 'ORDERED', ordered_by = 'thin', ordered_at = now(), order_hash = $2,
      order_number = order_number + 1 WHERE id = $1
  ), drawn AS (
    UPDATE commitment_year SET ordered_minor = ordered_minor + $5 WHERE commitment_id = $3 AND year = $4
  )
  INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, position, published_at, received_at)
  VALUES ($6, 'evt.finance.payout.ordered.v1', $1::text, 2, $7, $1::text, $8, now(), now())`;
const POST_ENTRY = `
  WITH moved AS (
    UPDATE ledger_account SET balance_minor = balance_minor + CASE stage WHEN 'payable' THEN $3::bigint ELSE -$3::bigint END
    WHERE fund_id = $1 AND budget_year = $2 AND stage IN ('committed', 'payable') RETURNING stage
  ), entry AS (
    INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
    VALUES ($4, $1, 'PAYOUT_ORDERED', $5, current_date, $5) RETURNING id
  )
  INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
  SELECT entry.id, CASE stage WHEN 'payable' THEN 2 ELSE 1 END, $1, $2, stage,
    CASE stage WHEN 'payable' THEN $3::bigint ELSE -$3::bigint END FROM moved, entry`;

const INSERT_MUNICIPALITY = `
  WITH made AS (
    INSERT INTO municipality (id, version, side, kind, name, name_local, name_latin, country, population, population_on, created_at, updated_at)
    VALUES ($1, 1, 'PARTNER', $2, $3, $4, $5, $6, $7, $8, now(), now())
    RETURNING id, version, side, kind, name, country, population, created_at, updated_at
  ), identified AS (
    INSERT INTO municipality_identifier (municipality_id, scheme, value, valid_from, valid_to)
    SELECT $1, i.scheme, i.value, i."validFrom", i."validTo"
    FROM json_to_recordset($9::json) AS i (scheme text, value text, "validFrom" date, "validTo" date)
    RETURNING 1
  )
  SELECT made.* FROM made`;
