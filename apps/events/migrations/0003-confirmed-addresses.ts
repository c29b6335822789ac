import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An address is taken by whoever confirmed it, not by whoever named it first. The old index keeps its name, by which the version
 * before refuses: it now holds for one registrant. That version writes no registrant, and is held to one address a person.
 */
export class ConfirmedAddresses1764000000003 implements MigrationInterface {
  readonly name = 'ConfirmedAddresses1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REGISTRATION);
    await runner.query(PARTICIPANT);
    await runner.query(CONFIRMATION);
    await runner.query(MAIL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE mail, address_confirmation;
      DROP INDEX uq_participant_event_email, uq_participant_confirmed_address;
      DELETE FROM participant USING participant other WHERE participant.event_id = other.event_id
        AND participant.address_key = other.address_key AND participant.is_open AND other.is_open
        AND (other.address_confirmed_at, other.id) < (participant.address_confirmed_at, participant.id);
      CREATE UNIQUE INDEX uq_participant_event_email ON participant (event_id, address_key) WHERE is_open;
      ALTER TABLE participant DROP COLUMN registrant, DROP COLUMN language, DROP COLUMN address_confirmed_at,
        DROP COLUMN address_taken_at, DROP COLUMN confirmation_requested_at;
      ALTER TABLE registration DROP COLUMN address_confirmed_at, DROP COLUMN seats_held_until, DROP COLUMN seats_given_back_at`);
  }
}

const REGISTRATION = `
ALTER TABLE registration
  ADD COLUMN address_confirmed_at timestamptz,
  ADD COLUMN seats_held_until timestamptz,
  ADD COLUMN seats_given_back_at timestamptz,
  ADD CONSTRAINT ck_registration_given_back CHECK (seats_given_back_at IS NULL OR status = 'CANCELLED');
CREATE INDEX ix_registration_seats_held_until ON registration (seats_held_until)
  WHERE seats_held_until IS NOT NULL AND status = 'CONFIRMED'`;

const PARTICIPANT = `
ALTER TABLE participant
  ADD COLUMN registrant text,
  ADD COLUMN language text CONSTRAINT ck_participant_language CHECK (language IN ('de', 'en', 'fr', 'es')),
  ADD COLUMN address_confirmed_at timestamptz,
  ADD COLUMN address_taken_at timestamptz,
  ADD COLUMN confirmation_requested_at timestamptz;
UPDATE participant SET registrant = coalesce(registration.municipality_id::text, registration.registered_by)
  FROM registration WHERE registration.id = participant.registration_id;
DROP INDEX uq_participant_event_email;
CREATE UNIQUE INDEX uq_participant_event_email ON participant (event_id, address_key, registrant) NULLS NOT DISTINCT WHERE is_open;
CREATE UNIQUE INDEX uq_participant_confirmed_address ON participant (event_id, address_key)
  WHERE is_open AND address_confirmed_at IS NOT NULL`;

const CONFIRMATION = `
CREATE TABLE address_confirmation (
  token_hash bytea NOT NULL CONSTRAINT pk_address_confirmation PRIMARY KEY
    CONSTRAINT ck_address_confirmation_hash CHECK (octet_length(token_hash) = 32),
  participant_id uuid NOT NULL CONSTRAINT fk_address_confirmation_participant REFERENCES participant (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ix_address_confirmation_participant ON address_confirmation (participant_id);
CREATE INDEX ix_address_confirmation_expires_at ON address_confirmation (expires_at)`;

// It holds neither an address nor a text: both are made when the mail is sent. The digest only counts mails to one address for a day.
const MAIL = `
CREATE TABLE mail (
  id uuid NOT NULL CONSTRAINT pk_mail PRIMARY KEY,
  version int NOT NULL,
  kind text NOT NULL CONSTRAINT ck_mail_kind CHECK (kind IN ('ADDRESS_CONFIRMATION', 'ADDRESS_TAKEN')),
  event_id uuid NOT NULL CONSTRAINT fk_mail_event REFERENCES event (id),
  registration_id uuid NOT NULL CONSTRAINT fk_mail_registration REFERENCES registration (id),
  participant_id uuid CONSTRAINT fk_mail_participant REFERENCES participant (id) ON DELETE SET NULL,
  address_digest bytea,
  written_at timestamptz NOT NULL,
  attempts int NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  sent_at timestamptz,
  given_up_at timestamptz,
  failure text,
  CONSTRAINT ck_mail_outcome CHECK (sent_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX ix_mail_due ON mail (next_attempt_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX ix_mail_given_up_at ON mail (given_up_at, id) WHERE given_up_at IS NOT NULL;
CREATE INDEX ix_mail_participant ON mail (participant_id);
CREATE INDEX ix_mail_address_digest ON mail (address_digest) WHERE address_digest IS NOT NULL;
CREATE INDEX ix_mail_written_at ON mail (written_at)`;
