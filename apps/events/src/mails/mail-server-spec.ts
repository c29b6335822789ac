import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it. */
export interface Received {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly headers: string;
  readonly subject: string;
  readonly text: string;
  readonly isSecure: boolean;
}

/** What the server does with the next mails, in their order; after them it takes all. */
export type Behaviour = 'refuse for now' | 'refuse for good' | 'take and hang up';

/** A real mail server for tests, on a port of its own. */
export class MailServer {
  readonly received: Received[] = [];
  readonly next: Behaviour[] = [];

  private constructor(private readonly server: SMTPServer) {}

  /** `tls`: with STARTTLS, and this certificate. */
  static async start({ tls }: { tls?: { cert: string; key: string } } = {}): Promise<MailServer> {
    const server: SMTPServer = new SMTPServer({
      authOptional: true,
      ...(tls ?? { disabledCommands: ['STARTTLS'] }),
      onRcptTo: (_address, _session, done) => {
        const [behaviour] = mails.next;
        if (behaviour === undefined || behaviour === 'take and hang up') {
          done();
          return;
        }
        mails.next.shift();
        const responseCode = behaviour === 'refuse for now' ? 451 : 550;
        done(Object.assign(new Error(`<${_address.address}> not now`), { responseCode }));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          mails.take(Buffer.concat(parts).toString(), {
            to: session.envelope.rcptTo.map(({ address }) => address),
            isSecure: session.secure,
          });
          if (mails.next.shift() === 'take and hang up')
            for (const connection of server.connections) connection.close();
          else done();
        });
      },
    });
    // A client that leaves in the middle is what some tests are about.
    server.on('error', () => undefined);
    const mails = new MailServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return mails;
  }

  /** The settings of a service that sends here. */
  get environment(): Record<string, string> {
    return {
      MAIL_SMTP_HOST: '127.0.0.1',
      MAIL_SMTP_PORT: String((this.server.server.address() as AddressInfo).port),
      MAIL_SMTP_TLS: 'none',
      MAIL_FROM: 'fund@example.org',
      PUBLIC_URL: 'https://fund.example',
    };
  }

  to(address: string): Received[] {
    return this.received.filter(({ to }) => to.includes(address));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private take(raw: string, about: Pick<Received, 'to' | 'isSecure'>): void {
    const [headers = '', body = ''] = raw.split(/\r\n\r\n([\s\S]*)/);
    const messageId = /^Message-ID: (.+)$/im.exec(headers)?.[1] ?? '';
    const subject = decoded(/^Subject: (.+(?:\r\n .+)*)$/m.exec(headers)?.[1] ?? '');
    this.received.push({ ...about, headers, subject, messageId, text: readable(headers, body) });
  }
}

/** The token in the link of a mail. */
export function tokenIn(mail: Received | undefined): string {
  return /\/events\/confirm#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

function readable(headers: string, body: string): string {
  if (/^Content-Transfer-Encoding: base64/im.test(headers)) return Buffer.from(body, 'base64').toString();
  return /^Content-Transfer-Encoding: quoted-printable/im.test(headers) ? quoted(body.replaceAll('=\r\n', '')) : body;
}

/** A header's words as a mail program shows them (RFC 2047). */
function decoded(header: string): string {
  return header
    .replaceAll(/\?=\r\n =\?/g, '?= =?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=\s*/gi, (_, coding: string, text: string) =>
      coding.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' ')),
    );
}

function quoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
