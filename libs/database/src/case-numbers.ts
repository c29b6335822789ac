import type { QueryRunner } from 'typeorm';
import { CASE_FIGURES_MIN, CASE_PREFIXES, type CaseKind, DAMM, type ServiceName } from '#contracts';
import { serviceRole } from './roles';

/** A table whose rows are cases that people speak of. */
export interface NumberedTable {
  readonly table: string;
  readonly kind: CaseKind;
  /** The column with the instant of the row's creation, by the service's clock: its year in Germany is the number's. */
  readonly madeAt: string;
}

/**
 * Part of a migration: every row has its case number, those that are there in the sequence of their creation. The database gives it
 * when a row comes in, so a version that knows nothing of numbers goes on beside this one. Nobody waits for another's transaction:
 * a sequence counts, over all years, and each year begins where it stood (only the first of a year is waited for).
 */
export async function giveCaseNumbers(
  runner: QueryRunner,
  { service, tables }: { service: ServiceName; tables: readonly NumberedTable[] },
): Promise<void> {
  await runner.query(CASE_NUMBER);
  await runner.query(YEARS);
  await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON case_number_year FROM ${serviceRole(service)}`);
  await runner.query(NEXT);
  for (const table of tables) await numberTable(runner, table);
}

/** Its way back. */
export async function takeCaseNumbers(runner: QueryRunner, tables: readonly NumberedTable[]): Promise<void> {
  for (const { table } of tables) {
    await runner.query(`DROP TRIGGER ${table}_case_number ON ${table}`);
    await runner.query(`DROP TRIGGER ${table}_case_number_kept ON ${table}`);
    await runner.query(`DROP FUNCTION number_${table}()`);
    await runner.query(`ALTER TABLE ${table} DROP COLUMN case_number`);
    await runner.query(`DROP SEQUENCE ${table}_case_number`);
  }
  await runner.query('DROP FUNCTION next_case_number(text, regclass, timestamptz)');
  await runner.query('DROP TABLE case_number_year');
  await runner.query('DROP FUNCTION case_number(text, int, bigint)');
  await runner.query('DROP FUNCTION refuse_other_case_number()');
}

async function numberTable(runner: QueryRunner, { table, kind, madeAt }: NumberedTable): Promise<void> {
  const prefix = CASE_PREFIXES[kind];
  const year = `extract(year FROM ${madeAt} AT TIME ZONE 'Europe/Berlin')::int`;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN case_number text`);
  await runner.query(`
    UPDATE ${table} SET case_number = case_number('${prefix}', numbered.year, numbered.number) FROM (
      SELECT id, ${year} AS year, row_number() OVER (PARTITION BY ${year} ORDER BY ${madeAt}, id) AS number FROM ${table}
    ) AS numbered WHERE numbered.id = ${table}.id`);
  // Constraints that are looked at last would stand in the way of the next change of the table.
  await runner.query('SET CONSTRAINTS ALL IMMEDIATE');
  await runner.query(`
    ALTER TABLE ${table} ALTER COLUMN case_number SET NOT NULL,
      ADD CONSTRAINT uq_${table}_case_number UNIQUE (case_number)`);
  await runner.query(`CREATE SEQUENCE ${table}_case_number`);
  // Every year goes on after its last number: the sequence stands at the largest, the others begin as much before it.
  await runner.query(`
    WITH given AS (SELECT ${year} AS year, count(*) AS numbers FROM ${table} GROUP BY 1),
      most AS (SELECT max(numbers) AS numbers FROM given),
      counted AS (SELECT setval('${table}_case_number', numbers) FROM most WHERE numbers IS NOT NULL)
    INSERT INTO case_number_year (prefix, year, given_before)
      SELECT '${prefix}', given.year, most.numbers - given.numbers FROM given, most, counted`);
  await runner.query(`
    CREATE FUNCTION number_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.case_number := next_case_number('${prefix}', '${table}_case_number', NEW.${madeAt});
      RETURN NEW;
    END $$;
    CREATE TRIGGER ${table}_case_number BEFORE INSERT ON ${table} FOR EACH ROW
      WHEN (NEW.case_number IS NULL) EXECUTE FUNCTION number_${table}();
    CREATE TRIGGER ${table}_case_number_kept BEFORE UPDATE OF case_number ON ${table} FOR EACH ROW
      EXECUTE FUNCTION refuse_other_case_number()`);
}

/** The same as `checkDigitOf` of the contracts; a test compares them. */
const CASE_NUMBER = `
  CREATE FUNCTION case_number(prefix text, year int, number bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
  DECLARE
    padded text := lpad(number::text, greatest(${CASE_FIGURES_MIN}, length(number::text)), '0');
    figures text := (ascii(left(prefix, 1)) - 55)::text || (ascii(right(prefix, 1)) - 55)::text || year::text || padded;
    interim int := 0;
  BEGIN
    FOR i IN 1 .. length(figures) LOOP
      interim := substr('${DAMM}', interim * 10 + substr(figures, i, 1)::int + 1, 1)::int;
    END LOOP;
    RETURN prefix || '-' || year || '-' || padded || '-' || interim;
  END $$;
  CREATE FUNCTION refuse_other_case_number() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% has its case number for good', OLD.case_number USING ERRCODE = '23514', CONSTRAINT = 'ck_case_number_kept';
  END $$`;

const YEARS = `
  CREATE TABLE case_number_year (
    prefix text NOT NULL,
    year int NOT NULL,
    given_before bigint NOT NULL,
    CONSTRAINT pk_case_number_year PRIMARY KEY (prefix, year)
  )`;

/**
 * What the sequence stood at when a year began is read before the first number of that year is taken, so numbers begin at 1; what two
 * find at once, the second one waits for and reads.
 */
const NEXT = `
  CREATE FUNCTION next_case_number(kind text, counter regclass, made_at timestamptz) RETURNS text LANGUAGE plpgsql AS $$
  DECLARE
    made_in int := extract(year FROM made_at AT TIME ZONE 'Europe/Berlin');
    before bigint;
  BEGIN
    SELECT given_before INTO before FROM case_number_year WHERE prefix = kind AND year = made_in;
    IF NOT FOUND THEN
      INSERT INTO case_number_year (prefix, year, given_before)
        VALUES (kind, made_in, coalesce(pg_sequence_last_value(counter), 0)) ON CONFLICT DO NOTHING;
      SELECT given_before INTO STRICT before FROM case_number_year WHERE prefix = kind AND year = made_in;
    END IF;
    RETURN case_number(kind, made_in, nextval(counter) - before);
  END $$`;
