import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceName } from '#contracts';
import { startTestFleet, type TestFleet } from '#testing';
import { eventsDataSource } from '../../apps/events/src/data-source';
import { EventsModule } from '../../apps/events/src/events.module';
import { financeDataSource } from '../../apps/finance/src/data-source';
import { FinanceModule } from '../../apps/finance/src/finance.module';
import { createGateway } from '../../apps/gateway/src/start-gateway';
import { partnershipDataSource } from '../../apps/partnership/src/data-source';
import { PartnershipModule } from '../../apps/partnership/src/partnership.module';
import { staffingDataSource } from '../../apps/staffing/src/data-source';
import { StaffingModule } from '../../apps/staffing/src/staffing.module';
import { ApiClient } from '../demo/api-client';
import { FinanceDepartment } from '../demo/finance-department';
import type { DemoUser } from '../demo/demo-token';
import { newSigningKey, trustedSigningKeys } from '../stack/secrets';
import { demoUser } from '../identity-provider/demo-users';

/** All five services and the finance department, in one process, on real Postgres and NATS. */
export interface TestPlatform {
  readonly url: string;
  readonly fleet: TestFleet;
  readonly api: ApiClient;
  token(user: DemoUser): Promise<string>;
  /** A NATS client with the finance department's own credentials. */
  financeDepartment(): Promise<FinanceDepartment>;
  close(): Promise<void>;
}

/** `environment` adds variables for single services. */
export async function startTestPlatform(
  environment: Partial<Record<ServiceName, Record<string, string>>> = {},
): Promise<TestPlatform> {
  // As in production: what moves money is signed, and taken only when it is.
  const keys = { staffing: newSigningKey(), finance: newSigningKey() };
  const TRUSTED_SIGNING_KEYS = trustedSigningKeys(keys);
  const signing = (service: 'staffing' | 'finance') => ({
    SIGNING_KEY: keys[service],
    TRUSTED_SIGNING_KEYS,
    ...environment[service],
  });
  const fleet = await startTestFleet([
    { module: PartnershipModule, dataSource: partnershipDataSource, environment: environment.partnership },
    { module: StaffingModule, dataSource: staffingDataSource, environment: signing('staffing') },
    { module: FinanceModule, dataSource: financeDataSource, environment: signing('finance') },
    { module: EventsModule, dataSource: eventsDataSource, environment: environment.events },
  ]);
  const gateway = await startGateway(fleet);
  const token = (user: DemoUser) => fleet.issuer.token({ ...callerOf(user), ...user, subject: user.username });
  const url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1');
  return {
    url,
    fleet,
    token,
    api: new ApiClient(url, token),
    financeDepartment: () =>
      FinanceDepartment.connect({
        url: fleet.broker.url,
        user: 'finance-department',
        password: fleet.broker.password('finance-department'),
      }),
    close: async () => {
      await gateway.close();
      await fleet.close();
    },
  };
}

async function startGateway({ broker }: TestFleet): Promise<NestFastifyApplication> {
  // The rest of the configuration is what the fleet's services read before.
  Object.assign(process.env, {
    NATS_USER: 'gateway',
    NATS_PASSWORD: broker.password('gateway'),
    // One caller stands for everybody of a role.
    RATE_LIMIT_FACTOR: '100',
  });
  const gateway = await createGateway();
  await gateway.listen(0, '127.0.0.1');
  return gateway;
}

function callerOf({ username }: DemoUser) {
  const known = demoUser(username);
  if (!known) throw new Error(`no demo user ${username}`);
  return { roles: known.roles, municipalityId: known.municipalityId, expertId: known.expertId };
}
