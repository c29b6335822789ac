import net from 'node:net';
import { caller, eventually, FixedClock } from '#testing';
import { BodyPace } from '../src/door/body-pace';
import { GatewaysUnderTest, sendRaw } from './gateway-under-test';

let gateways: GatewaysUnderTest;

beforeAll(async () => {
  gateways = await GatewaysUnderTest.start(1);
});

afterAll(() => gateways.stop());

const head = (headers: string) =>
  `POST /v1/municipalities HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n`;

/** A connection that sends this and then nothing; collects what comes back, and knows when it was closed. */
function slowClient(port: number, bytes: string): { text: () => string; closed: Promise<void>; socket: net.Socket } {
  let text = '';
  const socket = net.connect(port, '127.0.0.1');
  socket.write(bytes);
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<void>((resolve) => {
    socket
      .on('error', () => undefined)
      .on('close', () => {
        resolve();
      });
  });
  return { text: () => text, closed, socket };
}

describe('a body that nobody may send', () => {
  it('is refused before a byte of it has come', async () => {
    const answer = await sendRaw(gateways.port(), head('content-length: 1048576\r\n'));
    expect(answer.status).toBe(401);
  });

  it('is refused without asking for it, where a client waits to be asked', async () => {
    const answer = await sendRaw(gateways.port(), head('content-length: 1048576\r\nexpect: 100-continue\r\n'));
    expect(answer.status).toBe(401);
  });

  it('does not keep the connection, however slowly it comes', async () => {
    const client = slowClient(gateways.port(), head('content-length: 1000000\r\n'));
    const trickle = setInterval(() => client.socket.write('a'), 500);
    await client.closed;
    clearInterval(trickle);
    expect(client.text()).toContain(' 401 ');
  });

  it('is refused with 413 when it is announced as too large, with a good token', async () => {
    const token = await gateways.issuer.token(caller('adviser'));
    const answer = await sendRaw(
      gateways.port(),
      head(`authorization: Bearer ${token}\r\ncontent-length: 1048577\r\n`),
    );
    expect(answer.status).toBe(413);
  });
});

describe('a body of somebody who may send it', () => {
  const headers = async () => `authorization: Bearer ${await gateways.issuer.token(caller('adviser'))}\r\n`;

  it('is asked for, where a client waits to be asked', async () => {
    const client = slowClient(gateways.port(), head(`${await headers()}content-length: 2\r\nexpect: 100-continue\r\n`));
    await eventually(() => {
      expect(client.text()).toContain('HTTP/1.1 100 ');
    });
    client.socket.write('{}');
    await eventually(() => {
      expect(client.text()).toContain('HTTP/1.1 400 ');
    });
    client.socket.destroy();
  });

  it('ends with 408 when it comes too slowly, and goes on when it comes fast enough', async () => {
    const clock = new FixedClock('2026-11-02T12:00:00Z');
    const pace = gateways.app.get(BodyPace);
    Object.assign(pace, { clock });
    await eventually(() => {
      expect(pace.waiting).toBe(0);
    });
    const request = head(`${await headers()}content-length: 500000\r\n`);
    const [slow, fast] = [slowClient(gateways.port(), request), slowClient(gateways.port(), request)];
    await eventually(() => {
      expect(pace.waiting).toBe(2);
    });
    slow.socket.write('a'.repeat(10_000));
    fast.socket.write('a'.repeat(10_240));
    await eventually(() => {
      expect(pace.bytesArrived).toBeGreaterThanOrEqual(20_240);
    });
    clock.advance(10_000);
    await slow.closed;
    expect(slow.text()).toMatch(/^HTTP\/1\.1 408 [\s\S]*PLATFORM_REQUEST_TIMEOUT/);
    expect(pace.waiting).toBe(1);
    expect(fast.text()).toBe('');
    fast.socket.destroy();
  });
});

describe('a gateway that stops', () => {
  it('does not wait for connections that were opened in advance', async () => {
    const app = await gateways.startOne({});
    const { port } = (app.getHttpServer() as net.Server).address() as net.AddressInfo;
    const advance = slowClient(port, '');
    await eventually(async () => {
      const count = await new Promise((resolve) => {
        (app.getHttpServer() as net.Server).getConnections((_error, connections) => {
          resolve(connections);
        });
      });
      expect(count).toBe(1);
    });
    const started = performance.now();
    await Promise.all([app.close(), advance.closed]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
