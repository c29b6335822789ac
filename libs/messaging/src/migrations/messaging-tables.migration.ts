import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AuditTables1700000002000 } from './audit-tables.migration';
import { MessageSignature1700000001000 } from './message-signature.migration';
import { Recheck1700000005000 } from './recheck.migration';

/** The tables that every service has for its messages, commands and audit trail; comes first in each service's list. */
export class MessagingTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OUTBOX);
    await runner.query(INBOX);
    await runner.query(IDEMPOTENCY);
    await runner.query(AUDIT);
    await runner.query(APPEND_ONLY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE outbox_message, inbox_message, inbox_attempt, dead_letter, idempotency_key, audit_unsealed, audit_seal, audit_record`,
    );
    await runner.query('DROP FUNCTION refuse_change()');
  }
}

// `sequence` is drawn while the aggregate's row is locked, so it orders the messages of one aggregate as they were committed;
// `position` is given by the relay's leader in the order in which rows became visible, without a gap.
const OUTBOX = `
  CREATE TABLE outbox_message (
    id uuid NOT NULL CONSTRAINT pk_outbox_message PRIMARY KEY,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    subject text NOT NULL,
    aggregate_id text NOT NULL,
    aggregate_version int NOT NULL,
    data text NOT NULL,
    correlation_id text NOT NULL,
    causation_id text,
    traceparent text,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    position bigint CONSTRAINT uq_outbox_message_position UNIQUE,
    published_at timestamptz,
    stream_sequence bigint,
    attempts int NOT NULL DEFAULT 0,
    received_at timestamptz,
    failed_at timestamptz,
    error text
  );
  CREATE UNIQUE INDEX uq_outbox_message_sequence ON outbox_message (sequence);
  CREATE INDEX ix_outbox_message_unplaced ON outbox_message (sequence) WHERE position IS NULL;
  CREATE INDEX ix_outbox_message_unpublished ON outbox_message (position) WHERE published_at IS NULL;
  CREATE INDEX ix_outbox_message_unreceived ON outbox_message (position) WHERE received_at IS NULL AND published_at IS NOT NULL;
  CREATE INDEX ix_outbox_message_aggregate ON outbox_message (aggregate_id, sequence);`;

const INBOX = `
  CREATE TABLE inbox_message (
    message_id uuid NOT NULL CONSTRAINT pk_inbox_message PRIMARY KEY,
    subject text NOT NULL,
    payload_hash bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE inbox_attempt (
    message_id uuid NOT NULL CONSTRAINT pk_inbox_attempt PRIMARY KEY,
    attempts int NOT NULL,
    error text,
    last_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE dead_letter (
    id uuid NOT NULL CONSTRAINT pk_dead_letter PRIMARY KEY,
    delivery text NOT NULL CONSTRAINT uq_dead_letter_delivery UNIQUE,
    message_id uuid,
    subject text NOT NULL,
    headers jsonb NOT NULL,
    payload bytea NOT NULL,
    payload_hash bytea NOT NULL,
    reason text NOT NULL CONSTRAINT ck_dead_letter_reason CHECK (reason IN ('malformed', 'invalid', 'altered', 'failing')),
    error text NOT NULL,
    attempts int NOT NULL,
    died_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by text
  );
  CREATE UNIQUE INDEX uq_dead_letter_open_message ON dead_letter (message_id, payload_hash) WHERE resolved_at IS NULL;
  CREATE INDEX ix_dead_letter_open ON dead_letter (died_at) WHERE resolved_at IS NULL;`;

const IDEMPOTENCY = `
  CREATE TABLE idempotency_key (
    scope bytea NOT NULL CONSTRAINT pk_idempotency_key PRIMARY KEY,
    fingerprint bytea NOT NULL,
    operation text NOT NULL,
    reply text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT ck_idempotency_key_outcome CHECK (num_nonnulls(reply, error) = 1)
  );
  CREATE INDEX ix_idempotency_key_expires_at ON idempotency_key (expires_at);`;

// The records are chained after commit, by one process at a time: a chain inside the business transactions would let only one of
// them run. audit_unsealed is the sealer's list of work; what it lacks, verification reports.
const AUDIT = `
  CREATE TABLE audit_record (
    id uuid NOT NULL CONSTRAINT pk_audit_record PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    operation text NOT NULL,
    object_id text,
    object_version int,
    correlation_id text NOT NULL,
    details jsonb NOT NULL
  );
  CREATE INDEX ix_audit_record_recorded_at ON audit_record (recorded_at);
  CREATE INDEX ix_audit_record_object_id ON audit_record (object_id, recorded_at);
  CREATE TABLE audit_unsealed (
    audit_record_id uuid NOT NULL CONSTRAINT pk_audit_unsealed PRIMARY KEY
  );
  CREATE TABLE audit_seal (
    seq bigint NOT NULL CONSTRAINT pk_audit_seal PRIMARY KEY,
    audit_record_id uuid NOT NULL CONSTRAINT uq_audit_seal_record UNIQUE,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
  );
  GRANT SELECT ON audit_record, audit_seal TO ro_audit;
  DO $do$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ro_audit', current_schema()); END $do$;`;

// The grant stops the service, the trigger stops the owner too. A superuser can still pass both: the chain shows it.
const APPEND_ONLY = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END $body$;
  CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  DO $do$ BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_record, audit_seal FROM %I', 'svc_' || current_schema());
    EXECUTE format('REVOKE DELETE, TRUNCATE ON outbox_message, inbox_message, dead_letter FROM %I', 'svc_' || current_schema());
    EXECUTE format('REVOKE UPDATE ON inbox_message FROM %I', 'svc_' || current_schema());
  END $do$;`;

/** To be spread first into a service's list of migrations. */
export const messagingMigrations = [
  MessagingTables1700000000000,
  MessageSignature1700000001000,
  AuditTables1700000002000,
  Recheck1700000005000,
];
