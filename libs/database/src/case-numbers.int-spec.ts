import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import { CASE_PREFIXES, CaseNumber, checkDigitOf } from '#contracts';
import { newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from './case-numbers';
import { createDataSource, databaseConfigSchema, migrate, openDatabase } from './index';
import type { Database } from './database';

@Entity({ name: 'letter' })
class Letter {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('timestamptz') writtenAt!: Date;
}

class Letters1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE letter (id uuid NOT NULL CONSTRAINT pk_letter PRIMARY KEY, version int NOT NULL,
      written_at timestamptz NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE letter');
  }
}

const TABLES: readonly NumberedTable[] = [{ table: 'letter', kind: 'event', madeAt: 'written_at' }];

class Numbers1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await giveCaseNumbers(runner, { service: 'events', tables: TABLES });
  }

  async down(runner: QueryRunner): Promise<void> {
    await takeCaseNumbers(runner, TABLES);
  }
}

const source = (migrations: (new () => MigrationInterface)[]) =>
  createDataSource({ service: 'events', entities: [Letter], migrations });
const numbered = source([Letters1764000000001, Numbers1764000000002]);

const letter = (writtenAt: string): Letter =>
  Object.assign(new Letter(), { id: newId(), version: 1, writtenAt: new Date(writtenAt) });
/** Kind, year and number, without the check digit. */
const numbersOf = (letters: readonly Letter[]): string[] => letters.map(({ caseNumber }) => caseNumber.slice(0, -2));

describe('case numbers', () => {
  let test: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    test = await createTestDatabase(source([Letters1764000000001]));
    await test.asAdmin(`INSERT INTO letter (id, version, written_at) VALUES
      (gen_random_uuid(), 1, '2026-03-02T12:00:00Z'), (gen_random_uuid(), 1, '2025-03-01T12:00:00Z'),
      (gen_random_uuid(), 1, '2026-03-01T12:00:00Z'), (gen_random_uuid(), 1, '2026-03-03T12:00:00Z')`);
    await migrate({ adminUrl: test.adminUrl, services: [numbered] });
    const settings = { DATABASE_URL: test.serviceUrl, DATABASE_POOL_SIZE: 20, CURSOR_SECRET: 'a secret of this test' };
    database = await openDatabase(numbered, databaseConfigSchema.parse(settings));
  });
  afterEach(async () => {
    await database?.close();
    await test?.drop();
  });

  const insert = (row: Letter): Promise<void> => database.transaction((tx) => tx.insert(row));

  it('are given to what was there in the sequence of creation, and each year goes on from there', async () => {
    const rows = await test.asAdmin<{ caseNumber: string }>('SELECT case_number FROM letter ORDER BY written_at');
    expect(rows.map(({ caseNumber }) => caseNumber)).toEqual(
      ['VA-2025-0001', 'VA-2026-0001', 'VA-2026-0002', 'VA-2026-0003'].map((it) => `${it}-${checkDigitOf(it)}`),
    );
    const letters = ['2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z'].map(letter);
    for (const row of letters) await insert(row);
    // The sequence has counted over both; what matters is that no year has a number twice.
    expect(numbersOf(letters)).toEqual(['VA-2025-0002', 'VA-2026-0005', 'VA-2027-0001']);
  });

  it('are 200 different ones for 200 at once on the night of the year, and those of the new year begin at 1', async () => {
    const letters = Array.from({ length: 200 }, (_, index) =>
      letter(index % 2 === 0 ? '2027-12-31T22:59:59.999Z' : '2027-12-31T23:00:00Z'),
    );
    await Promise.all(letters.map(insert));
    const numbers = letters.map(({ caseNumber }) => CaseNumber.parse(caseNumber));
    expect(new Set(numbers).size).toBe(200);
    expect(numbersOf(letters).filter((it) => it.startsWith('VA-2027-'))).toHaveLength(100);
    expect(numbersOf(letters)).toContain('VA-2028-0001');
    expect(numbersOf(letters)).not.toContain('VA-2028-0000');
  });

  it('are not held up by another transaction that has one and goes on', async () => {
    await insert(letter('2026-07-01T00:00:00Z'));
    const { promise: goOn, resolve } = Promise.withResolvers<undefined>();
    const slow = database.transaction(async (tx) => {
      await tx.insert(letter('2026-07-02T00:00:00Z'));
      await goOn;
    });
    await insert(letter('2026-07-03T00:00:00Z'));
    resolve(undefined);
    await slow;
  });

  it('come back to each of many rows that one statement inserts', async () => {
    const letters = Array.from({ length: 1000 }, () => letter('2029-01-02T00:00:00Z'));
    await database.transaction((tx) => tx.insertAll(letters));
    for (const { id, caseNumber } of letters.slice(0, 3)) {
      expect(await test.asAdmin('SELECT case_number FROM letter WHERE id = $1', [id])).toEqual([{ caseNumber }]);
    }
    expect(new Set(numbersOf(letters)).size).toBe(1000);
  });

  it('are given to the rows of a version that does not know of them', async () => {
    await test.asAdmin(
      `INSERT INTO letter (id, version, written_at) VALUES ('${newId()}', 1, '2030-12-31T23:30:00Z') RETURNING case_number`,
    );
    const rows = await test.asAdmin(`SELECT case_number FROM letter WHERE case_number LIKE 'VA-2031-0001-_'`);
    expect(rows).toHaveLength(1);
  });

  it('do not change, whoever writes', async () => {
    await expect(test.asAdmin(`UPDATE letter SET case_number = 'VA-2026-0009-0'`)).rejects.toThrow('for good');
  });

  it('have the same check digit in the database as in the contracts', async () => {
    for (const prefix of Object.values(CASE_PREFIXES)) {
      const [row] = await test.asAdmin<{ numbers: string[] }>(
        `SELECT array_agg(case_number('${prefix}', 2020 + n, n * n * n)) AS numbers FROM generate_series(1, 60) AS n`,
      );
      for (const number of row?.numbers ?? []) expect(CaseNumber.parse(number)).toBe(number);
    }
  });

  it('can be taken away again', async () => {
    const dataSource = numbered.create({
      url: test.adminUrl,
      role: 'own_events',
      applicationName: 'down',
      poolSize: 1,
    });
    await dataSource.initialize();
    try {
      await dataSource.undoLastMigration();
      expect(await test.asAdmin(`SELECT to_regclass('events.case_number_year') AS gone`)).toEqual([{ gone: null }]);
    } finally {
      await dataSource.destroy();
    }
  });
});
