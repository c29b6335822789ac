import { lookup } from 'node:dns/promises';
import { WebhookReceiver } from '../../../test/webhook-receiver';
import type { FeedMessage } from '../payout-feed/payout-feed.reader';
import { attemptDelivery, type AttemptResult } from './delivery-attempt';
import { newWebhookSecret } from './webhook-secret';

// The name server is somebody else's: what it says between two questions is what this is about.
jest.mock('node:dns/promises', () => ({ lookup: jest.fn() }));
const answers = jest.mocked(lookup as unknown as (host: string, options: object) => Promise<unknown>);

const PUBLIC = { address: '93.184.215.14', family: 4 };
const PRIVATE = { address: '10.0.0.7', family: 4 };
const LOCAL = { address: '127.0.0.1', family: 4 };

const message: FeedMessage = {
  id: '01890000-0000-7000-8000-000000000001',
  position: 1n,
  type: 'evt.finance.payout.due.v1',
  subject: '01890000-0000-7000-8000-000000000002',
  sequence: 3,
  time: new Date('2027-01-01T00:00:00Z'),
  data: '{"a":1}',
  signature: null,
};

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await WebhookReceiver.start();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = WebhookReceiver.accept;
  answers.mockReset();
});
afterAll(() => receiver.stop());

const port = () => receiver.host.split(':')[1] ?? '';

function attempt(url: string, allowed: string[] = [], stopping = new AbortController().signal): Promise<AttemptResult> {
  const webhook = { url, secrets: [newWebhookSecret()], allowedHosts: new Set(allowed) };
  return attemptDelivery(webhook, message, { now: new Date(), stopping });
}

describe('a delivery to a name', () => {
  it('is refused when the name has come to mean a private address since the webhook was made', async () => {
    answers.mockResolvedValueOnce([PRIVATE]);
    expect(await attempt(`https://rebinding.example:${port()}/`)).toEqual({
      isDelivered: false,
      isGone: false,
      statusCode: null,
      error: 'the host has an address that is not public',
    });
  });

  it('is refused when one of several addresses is private, whichever comes first', async () => {
    for (const addresses of [
      [PUBLIC, PRIVATE],
      [PRIVATE, PUBLIC],
      [PUBLIC, { address: '::1', family: 6 }],
    ]) {
      answers.mockResolvedValueOnce(addresses);
      expect(await attempt('https://mixed.example/')).toMatchObject({
        statusCode: null,
        error: 'the host has an address that is not public',
      });
    }
  });

  it('connects to the address that was checked, without asking the name server again', async () => {
    answers.mockResolvedValueOnce([LOCAL]).mockResolvedValue([PRIVATE]);
    const host = `rebinding.example:${port()}`;
    expect(await attempt(`http://${host}/hook`, [host])).toMatchObject({ isDelivered: true, statusCode: 204 });
    expect(answers).toHaveBeenCalledTimes(1);
    expect(receiver.received[0]?.headers.host).toBe(host);
  });

  it('fails when the name is not known any more', async () => {
    answers.mockRejectedValueOnce(new Error('ENOTFOUND'));
    expect(await attempt('https://gone.example/')).toMatchObject({ error: 'the host cannot be resolved' });
  });
});

describe('an answer', () => {
  const deliver = (stopping?: AbortSignal) => {
    answers.mockResolvedValue([LOCAL]);
    return attempt(`http://${receiver.host}/hook`, [receiver.host], stopping);
  };

  it.each([301, 302, 303, 307, 308])('%i is no delivery, and is not followed', async (status) => {
    receiver.answer = (response) => response.writeHead(status, { location: `http://${receiver.host}/inside` }).end();
    expect(await deliver()).toMatchObject({ isDelivered: false, statusCode: status, error: `answered ${status}` });
    expect(receiver.received.map((it) => it.path)).toEqual(['/hook']);
  });

  it('without end is cut off, and counts by its status', async () => {
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => {
        clearInterval(more);
      });
    };
    expect(await deliver()).toMatchObject({ isDelivered: true, statusCode: 200 });
  });

  it('that does not come is no delivery', async () => {
    receiver.answer = () => undefined;
    const stopping = new AbortController();
    const silent = deliver(stopping.signal);
    stopping.abort();
    expect(await silent).toMatchObject({ isDelivered: false, statusCode: null });
  });
});
