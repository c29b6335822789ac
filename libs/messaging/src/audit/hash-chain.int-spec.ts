import { AUDIT_CHAIN } from './audit-chain';
import { type CommandWorld, sealAuditTrail, startCommandWorld } from '../commands/commands-spec';
import { FIRST_ID, findUnsealed, headOf, type SqlReader, START, walkChain } from './hash-chain';

/** `AUDIT_RECORDS=100000` for a measurement. */
const RECORDS = Number(process.env['AUDIT_RECORDS'] ?? 12_345);

let world: CommandWorld;
let rowsMax = 0;
const reader: SqlReader = {
  query: async <Row extends object>(sql: string, parameters?: readonly unknown[]) => {
    const rows = await world.database.query<Row>(sql, parameters);
    rowsMax = Math.max(rowsMax, rows.length);
    return rows;
  },
};

beforeAll(async () => {
  world = await startCommandWorld();
  await world.test.asService(
    `WITH record AS (
       INSERT INTO audit_record (id, actor, operation, correlation_id, details)
       SELECT gen_random_uuid(), 'adviser-1', 'rpc.events.thing.put', 'c', '{"roles":["adviser"]}' FROM generate_series(1, ${RECORDS})
       RETURNING id
     ) INSERT INTO audit_unsealed (audit_record_id) SELECT id FROM record`,
  );
  // The first record was sealed by the version before this one.
  await world.test.asService(
    `WITH taken AS (DELETE FROM audit_unsealed WHERE audit_record_id = (SELECT min(audit_record_id::text)::uuid FROM audit_unsealed)
       RETURNING audit_record_id)
     INSERT INTO audit_seal (seq, audit_record_id, previous_hash, hash)
     SELECT 1, r.id, decode(repeat('00', 32), 'hex'),
       sha256(decode(repeat('00', 32), 'hex') || convert_to(${AUDIT_CHAIN.contents[0] ?? ''}, 'UTF8'))
     FROM audit_record r JOIN taken ON taken.audit_record_id = r.id`,
  );
  await sealAuditTrail(world.database);
}, 120_000);
afterAll(() => world?.close());

describe('a long chain', () => {
  it('is walked from its first format to its last, a thousand records at a time', async () => {
    const walk = await walkChain(reader, AUDIT_CHAIN);
    expect(walk).toEqual({ position: await headOf(reader, AUDIT_CHAIN), isAtEnd: true });
    expect(walk.position.seq).toBe(BigInt(RECORDS));
    expect(rowsMax).toBeLessThanOrEqual(1000);
  });

  it('is walked in parts, each from where the one before stopped', async () => {
    let [position, parts] = [START, 0];
    for (let isAtEnd = false; !isAtEnd; parts += 1)
      ({ position, isAtEnd } = await walkChain(reader, AUDIT_CHAIN, { from: position, sealsMax: 1500 }));
    expect(position.seq).toBe(BigInt(RECORDS));
    expect(parts).toBe(Math.floor(RECORDS / 1500) + 1);
  });

  it('has every record in it, which is told in parts too', async () => {
    expect(await findUnsealed(reader, AUDIT_CHAIN)).toMatchObject({ isAtEnd: true });
    const part = await findUnsealed(reader, AUDIT_CHAIN, { from: FIRST_ID, recordsMax: 5000 });
    expect(part.isAtEnd).toBe(false);
    expect(await findUnsealed(reader, AUDIT_CHAIN, { from: part.lastId })).toMatchObject({ isAtEnd: true });
  });

  it('that ends before a checkpoint was cut off', async () => {
    const checkpoints = [{ seq: BigInt(RECORDS + 1), hash: START.hash }];
    expect((await walkChain(reader, AUDIT_CHAIN, { checkpoints })).fault).toEqual({
      kind: 'seal-missing',
      seq: BigInt(RECORDS + 1),
    });
  });
});
