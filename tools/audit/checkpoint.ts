import { z } from 'zod';
import { SERVICES, type ServiceName } from '#contracts';
import { databaseConfigSchema } from '#database';
import { AuditConfig, auditConfigSchema, Checkpoints } from '#messaging';
import { Clock, loadConfig } from '#platform';
import { withReader } from './audit-database';
import { checkpointEnvironment } from './running-audit';
import { SUBJECTS } from './verify-services';

const schema = z.object({ ...auditConfigSchema.shape, DATABASE_URL: databaseConfigSchema.shape.DATABASE_URL });

/**
 * `npm run audit:checkpoint`: signs one more checkpoint now and brings it to its places, before somebody else gets hold of the
 * database. For all services of the running stack, or for the service whose environment this process has.
 */
async function main(): Promise<void> {
  const own = SERVICES.find((service) => service === process.env['NATS_USER']);
  for (const service of own ? [own] : SERVICES) await take(service);
}

async function take(service: ServiceName): Promise<void> {
  const settings = loadConfig(schema, { ...(await checkpointEnvironment(service)), ...process.env });
  await withReader(settings.DATABASE_URL, service, async (reader) => {
    const parts = { subjects: SUBJECTS[service], config: new AuditConfig(settings), clock: new Clock() };
    const checkpoints = new Checkpoints(service, reader, parts);
    await checkpoints.takeNow();
    const findings = await checkpoints.deliver();
    for (const { sentence } of findings) console.log(`${service}: ${sentence}`);
    if (findings.length > 0) process.exitCode = 1;
    else console.log(`${service}: signed and delivered.`);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
