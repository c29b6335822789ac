import { SERVICES } from '#contracts';
import { StackEnvironment, opsPort } from '../stack/environment';
import { postgresFolder } from '../stack/postgres-folder';
import { runningStack } from '../stack/running-stack';
import { loadSecrets } from '../stack/secrets';
import { loadStackSettings } from '../stack/settings';
import { variable } from './settings';

/** What the doctor has to know about the stack that this checkout runs; nothing when none does. */
export async function runningInstallation(): Promise<Record<string, string>> {
  const stack = runningStack();
  if (!stack) return {};
  const settings = { ...loadStackSettings(), OPS_PORTS_FROM: stack.opsPortsFrom };
  const secrets = await loadSecrets(settings.dataFolder);
  const database = new URL(stack.databaseUrl);
  Object.assign(database, { username: 'postgres', password: secrets.postgresAdmin });
  const environment = new StackEnvironment(settings, secrets, {
    databaseAdminUrl: settings.DATABASE_ADMIN_URL ?? database.toString(),
    natsUrl: stack.natsUrl,
    issuer: stack.issuer,
  });
  const perService = SERVICES.map((service) => {
    const { CURSOR_SECRET = '', ANSWER_KEYS = '' } = environment.service(service);
    return { [variable('CURSOR_SECRET', service)]: CURSOR_SECRET, [variable('ANSWER_KEYS', service)]: ANSWER_KEYS };
  });
  const { OIDC_ISSUER = '', OIDC_JWKS_URL = '', TRUSTED_SIGNING_KEYS = '' } = environment.service('finance');
  const databaseFolder = settings.DATABASE_ADMIN_URL ? [] : [postgresFolder(settings.dataFolder, () => undefined)];
  const processes = [...SERVICES, 'gateway'] as const;
  return Object.assign(
    {
      ...environment.migration(),
      OIDC_ISSUER,
      OIDC_JWKS_URL,
      TRUSTED_SIGNING_KEYS,
      DOCTOR_OPS_URLS: processes.map((name) => `${name}=http://127.0.0.1:${opsPort(settings, name)}`).join(','),
      DOCTOR_DISKS: [settings.dataFolder, ...databaseFolder].join(','),
    },
    ...perService,
  ) as Record<string, string>;
}
