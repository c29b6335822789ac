import { PAYLOAD_BYTES_MAX } from '#contracts';
import { CALLS_PER_FRAME_MAX } from '#platform';
import { NATS_USERS, natsPasswordVariable } from '#testing/embedded';
import { type Permissions, PERMISSIONS } from './permissions';

const HEADER = '# Generated from the contracts by `npm run nats-config`; a test compares. Do not edit.\n';

/** Every generated file of `deploy/nats`, by its path in that folder. */
export function natsConfigFiles(): Record<string, string> {
  const permissions = NATS_USERS.map(
    (user) => [`permissions/${user}.conf`, renderPermissions(PERMISSIONS[user])] as const,
  );
  return {
    'nats-server.conf': SERVER,
    'limits.conf': LIMITS,
    'authorization.conf': authorization(),
    ...Object.fromEntries(permissions),
  };
}

const SERVER = `${HEADER}
# The server of docker compose and Kubernetes. Passwords come from the environment (see authorization.conf).
port: 4222
# For health checks and metrics; not to be reachable from outside the cluster's network.
http: 8222
include limits.conf

jetstream {
  store_dir: /data/jetstream
  max_memory_store: 64MB
  max_file_store: 10GB
  # Acknowledged means written to the disk, not "will be within two minutes".
  sync_interval: always
}

include authorization.conf
`;

/** What the server of `npm start` and the tests' has in common with the one above. */
const LIMITS = `${HEADER}max_payload: ${PAYLOAD_BYTES_MAX}
`;

function authorization(): string {
  const users = NATS_USERS.map(
    (user) => `      {
        user: ${user}
        password: $${natsPasswordVariable(user)}
        permissions { include permissions/${user}.conf }
      }`,
  );
  return `${HEADER}
# One account for the platform; each service is an identity of its own that may do only what its file lists.
# Passwords: letters and digits, beginning with a letter.
accounts {
  FUND {
    jetstream: enabled
    users: [
${users.join('\n')}
    ]
  }
}
`;
}

function renderPermissions({ publish, subscribe, isAnswering }: Permissions): string {
  return `${HEADER}${list('publish', publish)}${list('subscribe', subscribe)}${
    isAnswering
      ? `# Replies to the frames it received and to nothing else: a message for each call at the most, until nobody waits any more.\nallow_responses: { max: ${CALLS_PER_FRAME_MAX}, expires: "35s" }\n`
      : ''
  }`;
}

function list(name: string, subjects: readonly string[]): string {
  return `${name}: { allow: [\n${[...new Set(subjects)].map((subject) => `  "${subject}"\n`).join('')}] }\n`;
}
