import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events and registrations can be changed, seats are kept for a while only, and people are forgotten after their period. */
export class ChangesAndCorrections1764000000002 implements MigrationInterface {
  readonly name = 'ChangesAndCorrections1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EVENT);
    await runner.query(REGISTRATION);
    await runner.query(PARTICIPANT);
    await runner.query(DELETION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE participant_deletion;
      DROP INDEX uq_participant_event_email;
      CREATE UNIQUE INDEX uq_participant_event_email ON participant (event_id, lower(email)) WHERE is_open;
      ALTER TABLE participant DROP COLUMN address_key;
      DROP INDEX ix_registration_seats_kept_until, ix_registration_municipality;
      ALTER TABLE registration DROP CONSTRAINT ck_registration_attended, DROP CONSTRAINT ck_registration_status,
        DROP COLUMN seats_kept_until, DROP COLUMN is_passed_over, DROP COLUMN late_reason, DROP COLUMN change_reason;
      ALTER TABLE registration ADD CONSTRAINT ck_registration_attended CHECK ((status = 'ATTENDED') = (checked_in_at IS NOT NULL)
          AND (checked_in_at IS NULL) = (seats_attended IS NULL) AND seats_attended BETWEEN 1 AND seats),
        ADD CONSTRAINT ck_registration_status CHECK (status IN
          ('CONFIRMED', 'WAITLISTED', 'OFFERED', 'OFFER_EXPIRED', 'CANCELLED', 'ATTENDED'));
      ALTER TABLE event DROP COLUMN municipality_seats_max, DROP COLUMN change_reason`);
  }
}

const EVENT = `
ALTER TABLE event
  ADD COLUMN municipality_seats_max int CONSTRAINT ck_event_municipality_seats_max CHECK (municipality_seats_max > 0),
  ADD COLUMN change_reason text`;

const REGISTRATION = `
ALTER TABLE registration
  ADD COLUMN seats_kept_until timestamptz,
  ADD COLUMN is_passed_over boolean NOT NULL DEFAULT false,
  ADD COLUMN late_reason text,
  ADD COLUMN change_reason text,
  DROP CONSTRAINT ck_registration_status,
  DROP CONSTRAINT ck_registration_attended;
ALTER TABLE registration
  ADD CONSTRAINT ck_registration_status CHECK (status IN
    ('CONFIRMED', 'WAITLISTED', 'OFFERED', 'OFFER_EXPIRED', 'CANCELLED', 'ATTENDED', 'NO_SHOW')),
  ADD CONSTRAINT ck_registration_attended CHECK ((status = 'ATTENDED') = (checked_in_at IS NOT NULL) AND CASE status
    WHEN 'ATTENDED' THEN seats_attended BETWEEN 1 AND seats
    WHEN 'NO_SHOW' THEN seats_attended = 0
    ELSE seats_attended IS NULL END);
CREATE INDEX ix_registration_seats_kept_until ON registration (seats_kept_until) WHERE seats_kept_until IS NOT NULL;
CREATE INDEX ix_registration_municipality ON registration (event_id, municipality_id) WHERE municipality_id IS NOT NULL`;

const PARTICIPANT = `
ALTER TABLE participant ADD COLUMN address_key text;
UPDATE participant SET address_key = lower(email);
ALTER TABLE participant ALTER COLUMN address_key SET NOT NULL;
DROP INDEX uq_participant_event_email;
CREATE UNIQUE INDEX uq_participant_event_email ON participant (event_id, address_key) WHERE is_open;
CREATE INDEX ix_participant_event ON participant (event_id)`;

const DELETION = `
CREATE TABLE participant_deletion (
  id uuid NOT NULL CONSTRAINT pk_participant_deletion PRIMARY KEY,
  version int NOT NULL,
  event_id uuid NOT NULL CONSTRAINT fk_participant_deletion_event REFERENCES event (id),
  due_at timestamptz NOT NULL,
  deleted_at timestamptz NOT NULL,
  people int NOT NULL CONSTRAINT ck_participant_deletion_people CHECK (people > 0)
);
CREATE INDEX ix_participant_deletion_deleted_at ON participant_deletion (deleted_at, id)`;
