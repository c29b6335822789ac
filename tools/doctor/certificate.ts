import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const ANSWER_LIMIT_MS = 4_000;
/** Length and code of Postgres's SSLRequest; the server answers `S` when it offers TLS. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** How the client and the server agree on TLS before it begins: at once, after Postgres's request, or after NATS's greeting. */
export type Opening = 'https' | 'postgres' | 'nats';

/**
 * Until when the certificate of a server is valid. It is read whether it is trusted or not, since an expired one is what is looked
 * for; nothing is sent over this connection. Throws when none is offered.
 */
export async function certificateEnd({
  host,
  port,
  opening,
}: {
  host: string;
  port: number;
  opening: Opening;
}): Promise<Date> {
  const socket = connectTcp({ host, port });
  try {
    return await new Promise<Date>((resolve, reject) => {
      socket.setTimeout(ANSWER_LIMIT_MS, () => reject(new Error(`no answer within ${ANSWER_LIMIT_MS / 1000} s`)));
      socket.once('error', reject).once('close', () => reject(new Error('the connection was closed')));
      const secure = () => {
        const tls = connectTls({ socket, servername: /^[\d.:]+$/.test(host) ? '' : host, rejectUnauthorized: false });
        tls.once('secureConnect', () => resolve(new Date(tls.getPeerCertificate().valid_to)));
        tls.once('error', reject);
      };
      if (opening === 'https') socket.once('connect', secure);
      else agree(socket, opening, { secure, refuse: () => reject(new Error('it offers no TLS')) });
    });
  } finally {
    socket.destroy();
  }
}

function agree(
  socket: Socket,
  opening: 'postgres' | 'nats',
  { secure, refuse }: { secure: () => void; refuse: () => void },
): void {
  if (opening === 'postgres') socket.once('connect', () => socket.write(SSL_REQUEST));
  const offer = opening === 'postgres' ? /^S/ : /"tls_(required|available)":true/;
  socket.once('data', (greeting: Buffer) => {
    if (offer.test(greeting.toString())) secure();
    else refuse();
  });
}
