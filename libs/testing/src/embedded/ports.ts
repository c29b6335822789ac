import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port of the loopback interface that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

/** Whether something accepts connections on the loopback port. */
export function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** Waits until the condition holds; false when `timeoutMs` have passed or `gone` resolves first. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  { timeoutMs, gone }: { timeoutMs: number; gone?: Promise<void> },
): Promise<boolean> {
  let isGone = false;
  void gone?.then(() => (isGone = true));
  for (const end = Date.now() + timeoutMs; Date.now() < end && !isGone;) {
    if (await condition()) return true;
    await delay(25);
  }
  return false;
}
