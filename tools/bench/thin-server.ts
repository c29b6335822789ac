import Fastify from 'fastify';
import { Pool } from 'pg';
import { v7 } from 'uuid';
import { createMunicipality, getPartnership } from '#contracts';
import {
  type PartnershipRow,
  partnershipSelect,
  partnershipView,
} from '../../apps/partnership/src/partnerships/partnership.messages';

/**
 * The yardstick of `npm run bench`: one process, bare Fastify and pg with named statements on the same tables, validating with the
 * same schemas. No service hop, no token, no rights, no outbox, audit or idempotency: what Node and Postgres can do without us.
 */
export async function startThinServer(port: number, databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10, options: '-c search_path=partnership,extensions' });
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

  await app.listen({ port, host: '127.0.0.1' });
}

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
