import { Client } from 'pg';
import type { ServiceName } from '#contracts';
import { connectionExtras } from '#database';
import type { SqlReader } from '#messaging';

/** Reads one service's schema, with whatever rights the address carries. */
export async function withReader<T>(
  url: string,
  service: ServiceName,
  work: (reader: SqlReader) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: `audit-${service}`,
    ...connectionExtras(service, {}),
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work({
      query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
        (await client.query<Row & Record<string, unknown>>(sql, [...parameters])).rows,
    });
  } finally {
    await client.end();
  }
}
