import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** One request of a client; a body makes it a write with an Idempotency-Key of its own. */
export interface Ask {
  readonly path: string;
  readonly ifMatch?: number;
  readonly body?: unknown;
}

export interface Client {
  readonly token: string;
  /** What it asks for next, for as long as it is asked. */
  next(): Ask;
}

export interface Answered {
  readonly status: number;
  readonly ms: number;
  readonly retryAfterSeconds: number | undefined;
}

const ANSWER_LIMIT_MS = 40_000;
/** When no answer came at all. */
export const NO_ANSWER = 0;

/**
 * Lets all clients ask at the same time, each one request after the other, until the time is over. A refusal that says when to come
 * again is obeyed, as a client should; `isPatient: false` comes again at once.
 */
export async function runClients(
  url: string,
  clients: readonly Client[],
  { seconds, isPatient }: { seconds: number; isPatient: boolean },
): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients.length });
  const end = performance.now() + seconds * 1000;
  const answers: Answered[] = [];
  const run = async (client: Client): Promise<void> => {
    while (performance.now() < end) {
      const answer = await ask(agent, url, client);
      answers.push(answer);
      const pauseMs = (answer.retryAfterSeconds ?? 0) * 1000;
      if (isPatient && pauseMs > 0) await delay(Math.min(pauseMs, Math.max(0, end - performance.now())));
    }
  };
  await Promise.all(clients.map(run));
  agent.destroy();
  return answers;
}

function ask(agent: Agent, url: string, client: Client): Promise<Answered> {
  const { path, ifMatch, body } = client.next();
  const content = body === undefined ? undefined : JSON.stringify(body);
  const started = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, retryAfter?: string) => {
      const retryAfterSeconds = retryAfter === undefined ? undefined : Number(retryAfter);
      resolve({ status, ms: performance.now() - started, retryAfterSeconds });
    };
    const outgoing = request(
      `${url}${path}`,
      {
        agent,
        method: content === undefined ? 'GET' : 'POST',
        timeout: ANSWER_LIMIT_MS,
        headers: {
          authorization: `Bearer ${client.token}`,
          ...(content !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(content),
            'idempotency-key': randomUUID(),
          }),
          ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
        },
      },
      (response) => {
        response.resume().once('end', () => {
          done(response.statusCode ?? NO_ANSWER, response.headers['retry-after']);
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => {
      done(NO_ANSWER);
    });
    outgoing.end(content);
  });
}
