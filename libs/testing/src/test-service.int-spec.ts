import { Injectable, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { createDataSource, DatabaseModule } from '#database';
import { MessagingModule, messagingMigrations, RecurringTask } from '#messaging';
import { PlatformModule } from '#platform';
import { startTestService } from './test-service';

const dataSource = createDataSource({ service: 'events', entities: [], migrations: messagingMigrations });
let runs = 0;

@Injectable()
class Sweep implements OnModuleInit, OnModuleDestroy {
  private readonly task = new RecurringTask('count', {
    intervalMs: 5,
    work: () => {
      runs += 1;
      return Promise.resolve();
    },
  });

  onModuleInit(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
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
