import { certificateEnd, type Opening } from '../certificate';
import type { Check, Finding } from '../check';
import { NotExamined } from '../not-examined';
import type { Installation } from '../installation';
import { count } from '../words';

interface Server {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly opening: Opening;
}

const DAY_MS = 86_400_000;

export const certificates: Check = {
  name: 'certificates',
  page: 'deploy/runbooks/certificates.md',
  examine: async (installation) => {
    const servers = serversWithTls(installation);
    if (servers.length === 0) throw new NotExamined('no address is encrypted (tls://, sslmode, https://)');
    return (await Promise.all(servers.map((server) => faultOf(server, installation)))).flat();
  },
};

async function faultOf(server: Server, { clock, limits }: Installation): Promise<Finding[]> {
  const whose = `${server.name} at ${server.host}:${server.port}`;
  const remedy = 'Renew it and let the server read it again. From that day on no process connects.';
  try {
    const end = await certificateEnd(server);
    const days = Math.floor((end.getTime() - clock.now().getTime()) / DAY_MS);
    const day = end.toISOString().slice(0, 10);
    if (days < 0) return [{ sentence: `The certificate of ${whose} ended on ${day}.`, remedy }];
    if (days > limits.certificateDays) return [];
    return [{ sentence: `The certificate of ${whose} ends in ${count(days, 'day')}, on ${day}.`, remedy }];
  } catch (error) {
    const why = error instanceof Error ? error.message : 'failed';
    const search = 'Look whether the server runs, and whether it is set to offer TLS.';
    return [{ sentence: `The certificate of ${whose} cannot be read: ${why}.`, remedy: search }];
  }
}

function serversWithTls({ settings, issuerUrl: provider = '' }: Installation): Server[] {
  const { DATABASE_ADMIN_URL, NATS_URL = '' } = settings;
  const database = DATABASE_ADMIN_URL === undefined ? undefined : new URL(DATABASE_ADMIN_URL);
  const hasTls = ![null, undefined, 'disable'].includes(database?.searchParams.get('sslmode'));
  const brokers = NATS_URL.split(',').map((url) => url.trim());
  return [
    ...(database && hasTls ? [server('Postgres', database, { opening: 'postgres', port: 5432 })] : []),
    ...brokers
      .filter((url) => url.startsWith('tls://'))
      .map((url) => server('NATS', new URL(url), { opening: 'nats', port: 4222 })),
    ...(provider.startsWith('https://')
      ? [server('the identity provider', new URL(provider), { opening: 'https', port: 443 })]
      : []),
  ];
}

function server(name: string, url: URL, usual: { opening: Opening; port: number }): Server {
  return { name, host: url.hostname, port: Number(url.port) || usual.port, opening: usual.opening };
}
