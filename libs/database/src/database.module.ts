import { setTimeout as delay } from 'node:timers/promises';
import { type DynamicModule, Module } from '@nestjs/common';
import { databaseFault, HealthRegistry, loadConfig, StartUpFault, trustFault, warnWhileStarting } from '#platform';
import { type DatabaseConfig, databaseConfigSchema, type DataSourceFactory } from './data-source';
import { Database } from './database';
import { migrationDrift } from './migration-drift';
import { roleFault } from './roles';
import { isConnectionLost } from './sql-error';

const RETRY_MS = 500;

/** Gives a service its Database. Global; starts only as a role that owns nothing and on a schema that is migrated. */
@Module({})
export class DatabaseModule {
  static forService(factory: DataSourceFactory): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: Database,
          inject: [HealthRegistry],
          useFactory: async (health: HealthRegistry) => {
            const database = await openDatabase(factory, loadConfig(databaseConfigSchema));
            health.register('database', () => database.health());
            return database;
          },
        },
      ],
      exports: [Database],
    };
  }
}

/** Waits for the server, then refuses a role that could pass the rules by and a schema that lacks migrations. */
export async function openDatabase(factory: DataSourceFactory, config: DatabaseConfig): Promise<Database> {
  const database = await connect(factory, config);
  try {
    await assertRole(database);
    await assertMigrated(database, factory);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connect(factory: DataSourceFactory, config: DatabaseConfig): Promise<Database> {
  const server = { url: config.DATABASE_URL, setting: 'DATABASE_URL' };
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    try {
      return await Database.open(factory, config);
    } catch (error) {
      const fault = databaseFault(error, server);
      const mayCome = isConnectionLost(error) && trustFault(error) === undefined;
      if (!mayCome || waitedMs >= config.DATABASE_START_WAIT_MS) throw fault;
      if (waitedMs === 0) warnWhileStarting(factory.declaration.service, `${fault.message} Waiting.`);
      await delay(RETRY_MS);
    }
  }
}

async function assertRole(database: Database): Promise<void> {
  const [row] = await database.query<{ fault: string | null }>(roleFault('current_user', 'current_schema()'));
  if (row?.fault)
    throw new StartUpFault(
      `refusing to run the ${database.service} service as the database role of DATABASE_URL: ${row.fault}`,
    );
}

async function assertMigrated(database: Database, factory: DataSourceFactory): Promise<void> {
  const { pending } = await migrationDrift(database, factory).catch((error: unknown) => {
    throw new StartUpFault(`the schema ${database.service} is not migrated: run the migration step (npm run migrate)`, {
      cause: error,
    });
  });
  if (pending.length > 0) {
    throw new StartUpFault(
      `the schema ${database.service} lacks migrations: ${pending.join(', ')}; run the migration step (npm run migrate)`,
    );
  }
}
