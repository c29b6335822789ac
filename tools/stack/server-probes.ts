import { connect } from 'node:net';
import { Client, DatabaseError } from 'pg';

const ANSWER_LIMIT_MS = 6_000;

/**
 * Resolves when Postgres takes a new connection: sessions that are open live on while the process that opens new ones hangs. A
 * refusal that comes in words (starting up, no connection left) is an answer too.
 */
export async function probePostgres(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'supervisor',
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
  });
  // The answer of `connect` says it as well; without a listener the event would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  } finally {
    await client.end();
  }
}

/** Resolves when nats-server greets: the system alone accepts connections even for a process that is stopped. */
export function probeNats(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.setTimeout(ANSWER_LIMIT_MS, () => end(new Error('no greeting')));
    socket.once('error', end);
    socket.once('close', () => end(new Error('the connection was closed')));
    socket.once('data', () => end());
  });
}
