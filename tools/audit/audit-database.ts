import type { ServiceName } from '#contracts';
import { connectionExtras, PostgresClient } from '#database';
import type { SqlReader } from '#messaging';

/** Reads one service's schema, with whatever rights the address carries; an answer is waited for without end unless a limit is given. */
export async function withReader<T>(
  url: string,
  service: ServiceName | 'public',
  work: (reader: SqlReader) => Promise<T>,
  { answerLimitMs }: { readonly answerLimitMs?: number } = {},
): Promise<T> {
  const client = new PostgresClient({
    connectionString: url,
    application_name: `audit-${service}`,
    ...connectionExtras(service, { statementTimeoutMs: answerLimitMs }),
    ...(answerLimitMs !== undefined && { connectionTimeoutMillis: answerLimitMs }),
  });
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
