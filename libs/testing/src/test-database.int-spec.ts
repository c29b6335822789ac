import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource } from '#database';
import { createTestDatabase, type TestDatabase } from './test-database';

class Notes1764000000000 implements MigrationInterface {
  readonly name = 'Notes1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (id int CONSTRAINT pk_note PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

describe('a test database', () => {
  const factory = createDataSource({ service: 'events', entities: [], migrations: [Notes1764000000000] });
  let databases: TestDatabase[];

  beforeAll(async () => {
    databases = await Promise.all([
      createTestDatabase(factory),
      createTestDatabase(factory),
      createTestDatabase(factory),
    ]);
  });

  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  it('is migrated and belongs to its test file alone', async () => {
    await databases[0]?.asService('INSERT INTO note VALUES (1)');
    expect(await databases[0]?.asService('SELECT id FROM note')).toEqual([{ id: 1 }]);
    expect(await databases[1]?.asService('SELECT id FROM note')).toEqual([]);
  });

  it('gives the service the rights it has in production and no more', async () => {
    await expect(databases[0]?.asService('DROP TABLE note')).rejects.toThrow('must be owner');
  });
});
