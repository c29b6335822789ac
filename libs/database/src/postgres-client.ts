import { Logger } from '@nestjs/common';
import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { propertyName } from './column-types';

const logger = new Logger('PostgresClient');

/**
 * A connection that may be lost at any moment without ending the process: Node ends a process over an `error` event that nobody
 * listens to, and a client that was borrowed from a pool has no listener of its own. Whoever waits for an answer is told by that
 * answer, the pool and the leaders by `end`. Every connection of the platform is one of these.
 */
export class LastingClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', (error) => logger.debug({ err: error }, 'a database connection was lost'));
  }
}

/**
 * A connection whose rows have camelCase members: `created_at` is read as `createdAt`, whatever runs the statement. Members of
 * JSON are no columns and stay as they are. TypeORM alone, which reads Postgres' catalogue, has its columns as they are named.
 */
export class PostgresClient extends LastingClient {
  constructor(config?: string | ClientConfig) {
    super(config);
    // Once per answer, before its first row is made: a column costs one look into a map, a row nothing.
    this.connection.on('rowDescription', ({ fields }: { fields: { name: string }[] }) => {
      for (const field of fields) field.name = propertyName(field.name);
    });
  }
}

/** A pool of such connections; an idle one that breaks is dropped, and the next statement opens another. */
export class PostgresPool extends Pool {
  constructor(config: PoolConfig) {
    super({ ...config, Client: PostgresClient });
    this.on('error', ({ message }) => logger.debug({ reason: message }, 'an idle database connection was lost'));
  }
}
