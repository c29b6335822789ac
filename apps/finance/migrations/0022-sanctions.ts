import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Editions of the sanctions list, which never change, and the screenings of payees against them. */
export class Sanctions1764200022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LIST);
    await runner.query(SCREENING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE screening, sanctioned_subject, sanctions_list');
    await runner.query('DROP FUNCTION refuse_other_result()');
  }
}

const LIST = `
CREATE TABLE sanctions_list (
  id uuid NOT NULL CONSTRAINT pk_sanctions_list PRIMARY KEY,
  version int NOT NULL,
  number int NOT NULL CONSTRAINT uq_sanctions_list_number UNIQUE,
  generated_at timestamptz NOT NULL,
  global_file_id text,
  sha256 text NOT NULL CONSTRAINT uq_sanctions_list_sha256 UNIQUE,
  subjects int NOT NULL CONSTRAINT ck_sanctions_list_subjects CHECK (subjects > 0),
  names int NOT NULL,
  imported_by text NOT NULL,
  imported_at timestamptz NOT NULL
);
CREATE TABLE sanctioned_subject (
  sanctions_list_id uuid NOT NULL CONSTRAINT fk_sanctioned_subject_list REFERENCES sanctions_list (id),
  logical_id text NOT NULL,
  reference_number text NOT NULL,
  subject_type text NOT NULL,
  names text[] NOT NULL,
  towns text[] NOT NULL,
  countries text[] NOT NULL,
  CONSTRAINT pk_sanctioned_subject PRIMARY KEY (sanctions_list_id, logical_id)
);
CREATE TRIGGER sanctions_list_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sanctions_list
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sanctioned_subject_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sanctioned_subject
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON sanctions_list, sanctioned_subject FROM ${serviceRole('finance')}`;

const SCREENING = `
CREATE TABLE screening (
  id uuid NOT NULL CONSTRAINT pk_screening PRIMARY KEY,
  version int NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT uq_screening_number UNIQUE,
  payee_id uuid NOT NULL CONSTRAINT fk_screening_payee REFERENCES payee (id),
  sanctions_list_id uuid NOT NULL CONSTRAINT fk_screening_list REFERENCES sanctions_list (id),
  outcome text NOT NULL CONSTRAINT ck_screening_outcome CHECK (outcome IN ('CLEAR', 'REVIEW', 'BLOCK')),
  algorithm text NOT NULL,
  threshold int NOT NULL,
  screened jsonb NOT NULL,
  hits jsonb NOT NULL,
  screened_at timestamptz NOT NULL,
  decided_by text, decided_at timestamptz, decision_reason text,
  CONSTRAINT ck_screening_decision CHECK (
    (decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decision_reason IS NULL)
    AND (outcome <> 'REVIEW' OR decided_by IS NULL)
    AND (outcome <> 'BLOCK' OR decided_by IS NOT NULL)
    AND (outcome <> 'CLEAR' OR decided_by IS NOT NULL OR hits = '[]'))
);
CREATE INDEX ix_screening_payee ON screening (payee_id, number DESC);
CREATE INDEX ix_screening_outcome ON screening (outcome, screened_at, id);
REVOKE DELETE, TRUNCATE ON screening FROM ${serviceRole('finance')};
CREATE FUNCTION refuse_other_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what a screening found cannot change' USING ERRCODE = '23514', CONSTRAINT = 'ck_screening_fixed';
END $$;
CREATE TRIGGER screening_fixed BEFORE UPDATE ON screening FOR EACH ROW
  WHEN (OLD.outcome <> 'REVIEW' OR (OLD.id, OLD.payee_id, OLD.sanctions_list_id, OLD.algorithm, OLD.threshold, OLD.screened, OLD.hits,
    OLD.screened_at) IS DISTINCT FROM (NEW.id, NEW.payee_id, NEW.sanctions_list_id, NEW.algorithm, NEW.threshold, NEW.screened,
    NEW.hits, NEW.screened_at))
  EXECUTE FUNCTION refuse_other_result()`;
