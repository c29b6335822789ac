import { PAYLOAD_BYTES_MAX } from '#contracts';
import type { Check, Finding } from '../check';
import { NotExamined } from '../not-examined';
import { askHttp } from '../http';
import type { Installation } from '../installation';

export const versions: Check = {
  name: 'versions',
  page: 'deploy/runbooks/versions.md',
  examine: async (installation) => {
    const looks = [postgresVersion(installation), natsVersion(installation), nodeVersions(installation)];
    const found = await Promise.allSettled(looks);
    const failed = found.find((it) => it.status === 'rejected' && !(it.reason instanceof NotExamined));
    if (failed?.status === 'rejected') throw failed.reason;
    return found.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
  },
};

async function postgresVersion(installation: Installation): Promise<Finding[]> {
  const { postgresMajor: wanted } = installation.limits;
  const [row] = await installation.read('public', (reader) =>
    reader.query<{ version: string }>(`SELECT current_setting('server_version') AS version`),
  );
  const version = row?.version ?? '';
  if (Number.parseInt(version, 10) >= wanted) return [];
  return [finding(`Postgres is ${version}; this platform needs ${wanted}.`)];
}

async function natsVersion(installation: Installation): Promise<Finding[]> {
  const { natsVersion: wanted } = installation.limits;
  const { info } = await installation.broker();
  const [major = 0, minor = 0] = (info?.version ?? '').split('.').map(Number);
  const isOld = major < wanted[0] || (major === wanted[0] && minor < wanted[1]);
  const findings: Finding[] = [];
  if (isOld) findings.push(finding(`NATS is ${info?.version}; this platform needs ${wanted.join('.')}.`));
  if (!info?.jetstream)
    findings.push({ sentence: 'NATS runs without JetStream.', remedy: 'Start it with deploy/nats/nats-server.conf.' });
  if (info && info.max_payload < PAYLOAD_BYTES_MAX)
    findings.push({
      sentence: `NATS takes messages of ${info.max_payload} bytes at the most; ${PAYLOAD_BYTES_MAX} are needed.`,
      remedy: 'Include deploy/nats/limits.conf in its configuration.',
    });
  return findings;
}

/** This process, and each service by its own metrics. */
async function nodeVersions({ settings, limits: { nodeMajor: wanted } }: Installation): Promise<Finding[]> {
  const asked = settings.DOCTOR_OPS_URLS.map(async ([name, url]) => {
    const answer = await askHttp(`${url}/metrics`);
    const version = 'fault' in answer ? undefined : /^nodejs_version_info\{version="v([\d.]+)"/m.exec(answer.text)?.[1];
    return { name, version };
  });
  const known = [{ name: 'this program', version: process.versions.node }, ...(await Promise.all(asked))];
  return known.flatMap(({ name, version }) =>
    version !== undefined && Number.parseInt(version, 10) < wanted
      ? [finding(`Node of ${name} is ${version}; this platform needs ${wanted}.`)]
      : [],
  );
}

function finding(sentence: string): Finding {
  return { sentence, remedy: 'Update that server; see the page for the way.' };
}
