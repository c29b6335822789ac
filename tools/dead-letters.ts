import { parseArgs } from 'node:util';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SERVICES, type ServiceName } from '#contracts';
import { DeadLetters } from '#messaging';
import { EventsModule } from '../apps/events/src/events.module';
import { FinanceModule } from '../apps/finance/src/finance.module';
import { PartnershipModule } from '../apps/partnership/src/partnership.module';
import { StaffingModule } from '../apps/staffing/src/staffing.module';

const MODULES: Record<ServiceName, Type> = {
  partnership: PartnershipModule,
  staffing: StaffingModule,
  finance: FinanceModule,
  events: EventsModule,
};

const USAGE = `dead-letters list
dead-letters replay <id> --by <who> --reason <why>`;

/** Lists or replays the dead letters of the service whose environment this process has (NATS_USER says which). */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { by: { type: 'string' }, reason: { type: 'string' } },
  });
  const service = SERVICES.find((name) => name === process.env['NATS_USER']);
  if (!service)
    throw new Error(`Run this with the environment of a service; NATS_USER names none of ${SERVICES.join(', ')}.`);
  const [command, id] = positionals;
  // The service itself may run beside this in the same container and holds its port.
  process.env['OPS_PORT'] = '0';
  process.env['LOG_LEVEL'] = 'error';
  const app = await NestFactory.createApplicationContext(MODULES[service], { logger: ['error', 'fatal'] });
  try {
    const letters = app.get(DeadLetters);
    if (command === 'list') return console.table(await letters.open());
    if (command !== 'replay' || !id || !isSayable(values.by) || !isSayable(values.reason)) throw new Error(USAGE);
    console.log(await letters.replay(id, { actor: values.by, reason: values.reason }));
  } finally {
    await app.close();
  }
}

/** It goes into the audit trail: not empty, and not longer than a reader can take. */
function isSayable(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '' && text.length <= 500;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
