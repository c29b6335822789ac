import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceRole } from '#database';

/** Webhooks with their sealed secrets, how far each has got, and the log of every attempt. */
export class Webhooks1764200041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WEBHOOK);
    await runner.query(SECRET);
    await runner.query(LANE);
    await runner.query(DELIVERY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_delivery, webhook_lane, webhook_secret, webhook');
  }
}

const WEBHOOK = `
CREATE TABLE webhook (
  id uuid NOT NULL CONSTRAINT pk_webhook PRIMARY KEY,
  version int NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  subjects text[] NOT NULL CONSTRAINT ck_webhook_subjects CHECK (cardinality(subjects) > 0),
  status text NOT NULL CONSTRAINT ck_webhook_status CHECK (status IN ('ACTIVE', 'DISABLED')),
  disabled_reason text CONSTRAINT ck_webhook_disabled_reason CHECK (disabled_reason IN ('BY_PERSON', 'REPEATED_FAILURE', 'GONE')),
  created_at timestamptz NOT NULL,
  CONSTRAINT ck_webhook_disabled CHECK ((status = 'DISABLED') = (disabled_reason IS NOT NULL))
);
CREATE INDEX ix_webhook_created_at ON webhook (created_at, id);
REVOKE DELETE, TRUNCATE ON webhook FROM ${serviceRole('finance')}`;

/** AES-256-GCM with the id as associated data; a secret is deleted when its overlap has ended. */
const SECRET = `
CREATE TABLE webhook_secret (
  id uuid NOT NULL CONSTRAINT pk_webhook_secret PRIMARY KEY,
  webhook_id uuid NOT NULL CONSTRAINT fk_webhook_secret_webhook REFERENCES webhook (id),
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz
);
CREATE UNIQUE INDEX uq_webhook_secret_current ON webhook_secret (webhook_id) WHERE expires_at IS NULL;
CREATE INDEX ix_webhook_secret_webhook ON webhook_secret (webhook_id)`;

/** A run through the feed in order: one without end for each webhook, and one for each replay. */
const LANE = `
CREATE TABLE webhook_lane (
  id uuid NOT NULL CONSTRAINT pk_webhook_lane PRIMARY KEY,
  webhook_id uuid NOT NULL CONSTRAINT fk_webhook_lane_webhook REFERENCES webhook (id),
  position bigint NOT NULL,
  to_position bigint,
  failed_attempts int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX uq_webhook_lane_live ON webhook_lane (webhook_id) WHERE to_position IS NULL;
CREATE INDEX ix_webhook_lane_open ON webhook_lane (webhook_id) WHERE to_position IS NULL OR position < to_position`;

const DELIVERY = `
CREATE TABLE webhook_delivery (
  id uuid NOT NULL CONSTRAINT pk_webhook_delivery PRIMARY KEY,
  webhook_id uuid NOT NULL CONSTRAINT fk_webhook_delivery_webhook REFERENCES webhook (id),
  replay_id uuid,
  message_id uuid NOT NULL,
  position bigint NOT NULL,
  type text NOT NULL,
  attempt int NOT NULL,
  attempted_at timestamptz NOT NULL,
  outcome text NOT NULL CONSTRAINT ck_webhook_delivery_outcome CHECK (outcome IN ('DELIVERED', 'FAILED')),
  status_code int,
  error text,
  duration_ms int NOT NULL
);
CREATE INDEX ix_webhook_delivery_webhook ON webhook_delivery (webhook_id, attempted_at, id);
CREATE INDEX ix_webhook_delivery_attempted_at ON webhook_delivery (attempted_at);
REVOKE UPDATE, TRUNCATE ON webhook_delivery FROM ${serviceRole('finance')}`;
