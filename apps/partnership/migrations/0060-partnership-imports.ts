import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of partnerships: the table as it came, what was decided of its rows, and what they come to. */
export class PartnershipImports1764100060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [TABLES, KEPT]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE partnership_import_row, partnership_import; DROP FUNCTION refuse_other_cells();');
  }
}

const TABLES = `
  CREATE TABLE partnership_import (
    id uuid CONSTRAINT pk_partnership_import PRIMARY KEY,
    version integer NOT NULL CONSTRAINT ck_partnership_import_version CHECK (version > 0),
    file_name text NOT NULL,
    header text[] NOT NULL,
    columns json NOT NULL,
    defaults json NOT NULL,
    status text NOT NULL CONSTRAINT ck_partnership_import_status CHECK (status IN ('OPEN', 'DONE', 'DISCARDED')),
    rows integer NOT NULL CONSTRAINT ck_partnership_import_rows CHECK (rows >= 0),
    counts json NOT NULL,
    report_hash char(64) NOT NULL,
    -- Of header and cells: the same table is known again.
    content_hash char(64) NOT NULL,
    repeats uuid CONSTRAINT fk_partnership_import_repeats REFERENCES partnership_import,
    opened_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    done_at timestamptz,
    CONSTRAINT ck_partnership_import_done CHECK ((status = 'DONE') = (done_at IS NOT NULL))
  );
  CREATE INDEX ix_partnership_import_created_at ON partnership_import (created_at, id);
  CREATE INDEX ix_partnership_import_content ON partnership_import (content_hash, done_at);

  CREATE TABLE partnership_import_row (
    import_id uuid NOT NULL CONSTRAINT fk_partnership_import_row_import REFERENCES partnership_import,
    number integer NOT NULL CONSTRAINT ck_partnership_import_row_number CHECK (number >= 2),
    cells text[] NOT NULL,
    decisions json NOT NULL,
    verdict text NOT NULL CONSTRAINT ck_partnership_import_row_verdict
      CHECK (verdict IN ('READY', 'UNCHANGED', 'DUPLICATE', 'NEEDS_DECISION', 'SKIPPED', 'MADE', 'LEFT_OUT')),
    outcome json NOT NULL,
    duplicate_of integer,
    partnership_id uuid CONSTRAINT fk_partnership_import_row_partnership REFERENCES partnership,
    notes json NOT NULL,
    problems json NOT NULL,
    CONSTRAINT pk_partnership_import_row PRIMARY KEY (import_id, number)
  );
`;

// The cells stay as they came; what people make of them stands beside. Only discarding takes them away.
const KEPT = `
  CREATE FUNCTION refuse_other_cells() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the cells of an import stay as they came' USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_partnership_import_row_cells';
  END $$;
  CREATE TRIGGER tr_partnership_import_row_cells BEFORE UPDATE ON partnership_import_row FOR EACH ROW
    WHEN (OLD.cells <> NEW.cells OR OLD.number <> NEW.number) EXECUTE FUNCTION refuse_other_cells();
  REVOKE DELETE, TRUNCATE ON partnership_import FROM svc_partnership;
  REVOKE TRUNCATE ON partnership_import_row FROM svc_partnership;
`;
