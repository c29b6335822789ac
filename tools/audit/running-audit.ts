import { loadSecrets, checkpointPublicKeys } from '../stack/secrets';
import { checkpointFolder } from '../stack/environment';
import { runningStack } from '../stack/running-stack';
import { loadStackSettings } from '../stack/settings';

/** What the audit tools need to know about the stack that this checkout runs; nothing when none does. */
export async function auditEnvironment(): Promise<Record<string, string>> {
  const stack = runningStack();
  if (!stack) return {};
  const settings = loadStackSettings();
  const { auditRole, checkpointKeys } = await loadSecrets(settings.dataFolder);
  const url = new URL(stack.databaseUrl);
  Object.assign(url, { username: 'ro_audit', password: auditRole });
  return {
    AUDIT_DATABASE_URL: url.toString(),
    CHECKPOINT_PUBLIC_KEYS: checkpointPublicKeys(checkpointKeys),
    CHECKPOINT_DIRECTORY: checkpointFolder(settings),
  };
}

/** The environment of one service of the running stack, as far as a checkpoint needs it; nothing when none runs. */
export async function checkpointEnvironment(service: string): Promise<Record<string, string>> {
  const stack = runningStack();
  if (!stack) return {};
  const settings = loadStackSettings();
  const { databaseRoles, checkpointKeys } = await loadSecrets(settings.dataFolder);
  const url = new URL(stack.databaseUrl);
  const name = service as keyof typeof databaseRoles;
  Object.assign(url, { username: `svc_${service}`, password: databaseRoles[name] });
  return {
    DATABASE_URL: url.toString(),
    CHECKPOINT_KEY: checkpointKeys[name],
    CHECKPOINT_DIRECTORY: checkpointFolder(settings),
  };
}
