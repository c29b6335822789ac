import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import { newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '#testing';
import { bigintColumn } from './column-types';
import { createDataSource, databaseConfigSchema, openDatabase } from './index';
import { AuditFields } from './audit-fields';
import type { Database } from './database';
import { States, transition } from './transitions';

type LetterStatus = 'WRITTEN' | 'SENT' | 'LOST' | 'ARRIVED';
const NEXT: Record<LetterStatus, readonly LetterStatus[]> = {
  WRITTEN: ['SENT'],
  SENT: ['ARRIVED', 'LOST'],
  LOST: ['ARRIVED'],
  ARRIVED: [],
};

@AuditFields<Letter>({ open: ['status', 'sentBy'] })
@States(NEXT, { SENT: ['WRITTEN'] })
@Entity({ name: 'letter' })
class Letter {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: LetterStatus;
  @Column('text') addressee!: string;
  @Column('text', { nullable: true }) sentBy!: string | null;
  @Column('bigint', { transformer: bigintColumn }) postageMinor!: bigint;
}

@Entity({ name: 'stone' })
class Stone {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: string;
}

class Letters1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE letter (id uuid NOT NULL CONSTRAINT pk_letter PRIMARY KEY, version int NOT NULL,
      status text NOT NULL, addressee text NOT NULL, sent_by text, postage_minor bigint NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE letter');
  }
}

const factory = createDataSource({ service: 'events', entities: [Letter], migrations: [Letters1764000000001] });

function letter(addressee: string, status: LetterStatus): Letter {
  const values = { id: newId(), addressee, status, sentBy: null, postageMinor: 85n };
  return Object.assign(new Letter(), values);
}

describe('entities that a query finds', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase(factory);
    const config = databaseConfigSchema.parse({
      DATABASE_URL: test.serviceUrl,
      CURSOR_SECRET: 'a secret of this test',
    });
    database = await openDatabase(factory, config);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });
  const make = async (addressee: string, ...states: LetterStatus[]): Promise<Letter[]> => {
    const letters = states.map((status) => letter(addressee, status));
    await database.transaction((tx) => tx.insertAll(letters));
    return letters;
  };
  const statesOf = async (addressee: string): Promise<string[]> =>
    (await database.select(Letter, 'WHERE addressee = $1 ORDER BY id', [addressee])).map(({ status }) => status);

  it('are themselves, and what becomes of them is noted', async () => {
    const [first] = await make('Moshi', 'WRITTEN', 'SENT');
    expect(await database.select(Letter, 'WHERE status = $1', ['WRITTEN'])).toEqual([first]);
    const changes = await database.transaction(async (tx) => {
      const [found] = await tx.select(Letter, 'JOIN letter other ON other.id = letter.id WHERE letter.id = $1', [
        first?.id,
      ]);
      expect(found).toBeInstanceOf(Letter);
      await tx.update(Object.assign(found ?? {}, { status: 'SENT' }));
      return tx.changes;
    });
    expect(changes).toMatchObject([{ id: first?.id, fields: { status: { before: 'WRITTEN', after: 'SENT' } } }]);
  });

  it('move from every state that the table allows, and from no other', async () => {
    await make('Durban', 'WRITTEN', 'SENT', 'LOST', 'ARRIVED');
    const arrived = await database.transaction((tx) =>
      tx.moveAll(transition(Letter, { to: 'ARRIVED' }), { where: 'addressee = $1', parameters: ['Durban'] }),
    );
    expect(arrived.map(({ status, version }) => [status, version])).toEqual([
      ['ARRIVED', 2],
      ['ARRIVED', 2],
    ]);
    expect(await statesOf('Durban')).toEqual(['WRITTEN', 'ARRIVED', 'ARRIVED', 'ARRIVED']);
  });

  it('take with them what is set, and each move is noted', async () => {
    const [sent] = await make('Kongoussi', 'WRITTEN');
    const { moved, changes } = await database.transaction(async (tx) => ({
      moved: await tx.moveAll(transition(Letter, { to: 'SENT' }), {
        where: 'addressee = $1 AND postage_minor > $2',
        parameters: ['Kongoussi', 1n],
        set: { sentBy: 'clerk', postageMinor: 90n, addressee: 'Kaya' },
      }),
      changes: tx.changes,
    }));
    expect(moved).toEqual([
      Object.assign(sent ?? {}, { version: 2, status: 'SENT', sentBy: 'clerk', postageMinor: 90n, addressee: 'Kaya' }),
    ]);
    expect(changes).toEqual([
      {
        object: 'letter',
        id: sent?.id,
        version: 2,
        fields: {
          status: { before: 'WRITTEN', after: 'SENT' },
          sentBy: { after: 'clerk' },
          postageMinor: { after: '90', isAmount: true },
          addressee: {},
        },
      },
    ]);
  });

  it('take a step back only where that is declared', () => {
    expect(transition(Letter, { to: 'WRITTEN' })).toMatchObject({ from: ['SENT'] });
    expect(() => transition(Letter, { from: ['SENT', 'LOST'], to: 'WRITTEN' })).toThrow(
      'Letter: LOST does not lead to WRITTEN',
    );
  });

  it('do not move where the table does not allow it, or where there is none', () => {
    expect(() => transition(Letter, { from: ['WRITTEN'], to: 'ARRIVED' })).toThrow(
      'Letter: WRITTEN does not lead to ARRIVED',
    );
    expect(() => transition(Letter, { from: ['ARRIVED'], to: 'SENT' })).toThrow(
      'Letter: ARRIVED does not lead to SENT',
    );
    expect(() => transition(Stone, { to: 'ROLLED' })).toThrow('Stone declares no states');
  });
});
