import { Injectable, Module } from '@nestjs/common';
import { createDataSource, DatabaseModule } from '#database';
import { MessagingModule, messagingMigrations, Recurring } from '#messaging';
import { PlatformModule } from '#platform';
import { startTestService } from './test-service';

const dataSource = createDataSource({ service: 'events', entities: [], migrations: messagingMigrations });
let runs = 0;

@Injectable()
class Sweep {
  @Recurring({ name: 'count', intervalMs: 1 })
  count(): Promise<void> {
    runs += 1;
    return Promise.resolve();
  }
}

// The service has none of the handlers of `events`: it refuses to listen after everything else has begun.
@Module({
  imports: [
    PlatformModule.forService('events'),
    DatabaseModule.forService(dataSource),
    MessagingModule.forService('events'),
  ],
  providers: [Sweep],
})
class HalfService {}

it('leaves nothing running of a service whose start has failed', async () => {
  await expect(startTestService({ module: HalfService, dataSource })).rejects.toThrow(/handler|Consume/i);
  const before = runs;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(runs).toBe(before);
});
