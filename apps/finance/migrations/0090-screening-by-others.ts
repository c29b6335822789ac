import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A screening says what could not be read and who named the payee; nobody clears the names that they gave themselves. Payees of
 * before get their maker from the audit trail, and screenings that wait theirs from the payee.
 */
export class ScreeningByOthers1764200090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(MAKERS);
    await runner.query(RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER screening_fixed ON screening');
    await runner.query('ALTER TABLE screening DROP COLUMN doubts, DROP COLUMN named_by');
    await runner.query('ALTER TABLE payee DROP COLUMN created_by');
    await runner.query(fixed(FIXED));
  }
}

const COLUMNS = `
ALTER TABLE payee ADD COLUMN created_by text;
ALTER TABLE screening ADD COLUMN doubts jsonb NOT NULL DEFAULT '[]', ADD COLUMN named_by text[] NOT NULL DEFAULT '{}'`;

const MAKERS = `
UPDATE payee SET created_by = a.actor FROM audit_record a
 WHERE a.operation = 'rpc.finance.payee.create' AND a.object_id = payee.id::text;
UPDATE screening s SET named_by = ARRAY(
  SELECT p.created_by FROM payee p WHERE p.id = s.payee_id AND p.created_by IS NOT NULL
  UNION SELECT c.proposed_by FROM bank_account_change c WHERE c.payee_id = s.payee_id AND c.status = 'EFFECTIVE')
 WHERE s.outcome = 'REVIEW'`;

const FIXED = ['id', 'payee_id', 'sanctions_list_id', 'algorithm', 'threshold', 'screened', 'hits', 'screened_at'];

function fixed(columns: readonly string[]): string {
  const row = (version: string) => `(${columns.map((column) => `${version}.${column}`).join(', ')})`;
  return `CREATE TRIGGER screening_fixed BEFORE UPDATE ON screening FOR EACH ROW
    WHEN (OLD.outcome <> 'REVIEW' OR ${row('OLD')} IS DISTINCT FROM ${row('NEW')}) EXECUTE FUNCTION refuse_other_result()`;
}

const RULES = `
ALTER TABLE screening
  ADD CONSTRAINT ck_screening_doubts CHECK (outcome <> 'CLEAR' OR decided_by IS NOT NULL OR doubts = '[]'),
  ADD CONSTRAINT ck_screening_four_eyes CHECK (outcome <> 'CLEAR' OR decided_by <> ALL (named_by));
DROP TRIGGER screening_fixed ON screening;
${fixed([...FIXED, 'doubts', 'named_by'])}`;
