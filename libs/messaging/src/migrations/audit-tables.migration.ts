import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Audit records with reason and changed fields, seals that say what they cover, and the signed checkpoints. A version that still
 * runs beside this one writes records and seals of format 1; they are verified as such.
 */
export class AuditTables1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECORD);
    await runner.query(WHY);
    await runner.query(CHECKPOINT);
    await runner.query(VERIFICATION);
    await runner.query(RIGHTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_verification, audit_checkpoint, audit_why');
    await runner.query('DROP FUNCTION refuse_change_of_why(), refuse_change_of_checkpoint()');
    await runner.query('DROP INDEX ix_audit_record_actor');
    await runner.query('ALTER TABLE audit_seal DROP COLUMN format');
    await runner.query('ALTER TABLE audit_record DROP COLUMN changes, DROP COLUMN why_hash');
  }
}

const RECORD = `
  ALTER TABLE audit_record ADD COLUMN changes jsonb, ADD COLUMN why_hash bytea;
  CREATE INDEX ix_audit_record_actor ON audit_record (actor, recorded_at);
  ALTER TABLE audit_seal ADD COLUMN format smallint NOT NULL DEFAULT 1;`;

/** A person's own words: the only part of the trail that can be erased. Its salted hash stays in the record. */
const WHY = `
  CREATE TABLE audit_why (
    audit_record_id uuid NOT NULL CONSTRAINT pk_audit_why PRIMARY KEY,
    salt bytea NOT NULL,
    text text,
    erased_at timestamptz,
    CONSTRAINT ck_audit_why_erased CHECK ((text IS NULL) = (erased_at IS NOT NULL))
  );
  CREATE FUNCTION refuse_change_of_why() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    IF NEW.text IS NOT NULL OR OLD.text IS NULL OR NEW.salt <> OLD.salt OR NEW.audit_record_id <> OLD.audit_record_id THEN
      RAISE EXCEPTION 'a reason can only be erased' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END $body$;
  CREATE TRIGGER audit_why_erasable BEFORE UPDATE ON audit_why FOR EACH ROW EXECUTE FUNCTION refuse_change_of_why();
  CREATE TRIGGER audit_why_append_only BEFORE DELETE OR TRUNCATE ON audit_why
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** Which checkpoints were signed, and where each of them lies by now; what counts are the copies outside. */
const CHECKPOINT = `
  CREATE TABLE audit_checkpoint (
    number int NOT NULL CONSTRAINT pk_audit_checkpoint PRIMARY KEY,
    day date NOT NULL,
    document text NOT NULL,
    written_to text[] NOT NULL DEFAULT '{}'
  );
  CREATE FUNCTION refuse_change_of_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    IF (NEW.number, NEW.day, NEW.document) IS DISTINCT FROM (OLD.number, OLD.day, OLD.document) THEN
      RAISE EXCEPTION 'a checkpoint never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END $body$;
  CREATE TRIGGER audit_checkpoint_kept BEFORE UPDATE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_checkpoint();
  CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** What the last verification found, for the health reports of all replicas. */
const VERIFICATION = `
  CREATE TABLE audit_verification (
    name text NOT NULL CONSTRAINT pk_audit_verification PRIMARY KEY,
    day date NOT NULL,
    verified_at timestamptz NOT NULL,
    findings jsonb NOT NULL
  );`;

const RIGHTS = `
  GRANT SELECT ON audit_unsealed, audit_why, audit_checkpoint TO ro_audit;
  DO $do$ BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_why, audit_checkpoint FROM %I', 'svc_' || current_schema());
    EXECUTE format('GRANT UPDATE (text, erased_at) ON audit_why TO %I', 'svc_' || current_schema());
    EXECUTE format('GRANT UPDATE (written_to) ON audit_checkpoint TO %I', 'svc_' || current_schema());
  END $do$;`;
