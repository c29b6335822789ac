import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitialSchema1764000000001 implements MigrationInterface {
  readonly name = 'InitialSchema1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EVENT);
    await runner.query(SEAT_POOL);
    await runner.query(REGISTRATION);
    await runner.query(PARTICIPANT);
    await runner.query(MUNICIPALITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE municipality_copy, accessibility_need, participant, registration, seat_pool, event');
  }
}

const EVENT = `
CREATE TABLE event (
  id uuid NOT NULL CONSTRAINT pk_event PRIMARY KEY,
  version int NOT NULL,
  status text NOT NULL CONSTRAINT ck_event_status CHECK (status IN
    ('DRAFT', 'PUBLISHED', 'REGISTRATION_CLOSED', 'RUNNING', 'HELD', 'SETTLED', 'CANCELLED', 'POSTPONED')),
  kind text NOT NULL CONSTRAINT ck_event_kind CHECK (kind IN
    ('CONFERENCE', 'DIALOGUE_EVENT', 'PEER_EXCHANGE', 'STUDY_TOUR', 'WEBINAR', 'WORKING_GROUP', 'ALUMNI_MEETING', 'WORKSHOP')),
  mode text NOT NULL CONSTRAINT ck_event_mode CHECK (mode IN ('ON_SITE', 'ONLINE', 'HYBRID')),
  title jsonb NOT NULL,
  description jsonb,
  venue text,
  time_zone text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  registration_deadline_at timestamptz NOT NULL,
  capacity int NOT NULL CONSTRAINT ck_event_capacity CHECK (capacity > 0),
  quotas jsonb NOT NULL,
  offer_hours int NOT NULL CONSTRAINT ck_event_offer_hours CHECK (offer_hours > 0),
  fields_of_action text[] NOT NULL,
  published_at timestamptz,
  cancelled_at timestamptz,
  cancellation_reason text,
  CONSTRAINT ck_event_period CHECK (starts_at < ends_at AND registration_deadline_at <= starts_at),
  CONSTRAINT ck_event_cancelled CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL))
);
CREATE INDEX ix_event_starts_at ON event (starts_at, id);
CREATE INDEX ix_event_moved_by_time ON event (starts_at) WHERE status IN ('PUBLISHED', 'REGISTRATION_CLOSED', 'RUNNING')`;

const SEAT_POOL = `
CREATE TABLE seat_pool (
  id uuid NOT NULL CONSTRAINT pk_seat_pool PRIMARY KEY,
  event_id uuid NOT NULL CONSTRAINT fk_seat_pool_event REFERENCES event (id),
  registrant_group text CONSTRAINT ck_seat_pool_group CHECK (registrant_group IN ('GERMAN_SIDE', 'PARTNER_SIDE', 'EXPERTS')),
  attendance_mode text CONSTRAINT ck_seat_pool_mode CHECK (attendance_mode IN ('ON_SITE', 'ONLINE')),
  capacity int NOT NULL,
  taken int NOT NULL,
  CONSTRAINT ck_seat_pool_taken CHECK (taken BETWEEN 0 AND capacity),
  CONSTRAINT uq_seat_pool_scope UNIQUE NULLS NOT DISTINCT (event_id, registrant_group, attendance_mode)
)`;

const REGISTRATION = `
CREATE TABLE registration (
  id uuid NOT NULL CONSTRAINT pk_registration PRIMARY KEY,
  version int NOT NULL,
  event_id uuid NOT NULL CONSTRAINT fk_registration_event REFERENCES event (id),
  kind text NOT NULL CONSTRAINT ck_registration_kind CHECK (kind IN ('PERSON', 'DELEGATION')),
  registrant_group text NOT NULL CONSTRAINT ck_registration_group CHECK (registrant_group IN ('GERMAN_SIDE', 'PARTNER_SIDE', 'EXPERTS')),
  attendance_mode text NOT NULL CONSTRAINT ck_registration_mode CHECK (attendance_mode IN ('ON_SITE', 'ONLINE')),
  municipality_id uuid,
  registered_by text NOT NULL,
  seats int NOT NULL CONSTRAINT ck_registration_seats CHECK (seats BETWEEN 1 AND 20),
  status text NOT NULL CONSTRAINT ck_registration_status CHECK (status IN
    ('CONFIRMED', 'WAITLISTED', 'OFFERED', 'OFFER_EXPIRED', 'CANCELLED', 'ATTENDED')),
  queue_number int NOT NULL,
  registered_at timestamptz NOT NULL,
  offer_expires_at timestamptz,
  confirmed_at timestamptz,
  cancelled_at timestamptz,
  checked_in_at timestamptz,
  seats_attended int,
  CONSTRAINT uq_registration_queue_number UNIQUE (event_id, queue_number),
  CONSTRAINT ck_registration_person CHECK (kind = 'DELEGATION' OR seats = 1),
  CONSTRAINT ck_registration_delegation CHECK (kind = 'PERSON' OR municipality_id IS NOT NULL),
  CONSTRAINT ck_registration_offer CHECK ((status = 'OFFERED') = (offer_expires_at IS NOT NULL)),
  CONSTRAINT ck_registration_cancelled CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)),
  CONSTRAINT ck_registration_attended CHECK ((status = 'ATTENDED') = (checked_in_at IS NOT NULL)
    AND (checked_in_at IS NULL) = (seats_attended IS NULL) AND seats_attended BETWEEN 1 AND seats)
);
CREATE INDEX ix_registration_waiting ON registration (event_id, queue_number) WHERE status IN ('WAITLISTED', 'OFFERED');
CREATE INDEX ix_registration_offer_expires_at ON registration (offer_expires_at) WHERE status = 'OFFERED'`;

const PARTICIPANT = `
CREATE TABLE participant (
  id uuid NOT NULL CONSTRAINT pk_participant PRIMARY KEY,
  version int NOT NULL,
  event_id uuid NOT NULL CONSTRAINT fk_participant_event REFERENCES event (id),
  registration_id uuid NOT NULL CONSTRAINT fk_participant_registration REFERENCES registration (id),
  name text NOT NULL,
  email text NOT NULL,
  is_open boolean NOT NULL
);
CREATE UNIQUE INDEX uq_participant_event_email ON participant (event_id, lower(email)) WHERE is_open;
CREATE INDEX ix_participant_registration ON participant (registration_id);
CREATE TABLE accessibility_need (
  id uuid NOT NULL CONSTRAINT pk_accessibility_need PRIMARY KEY,
  version int NOT NULL,
  event_id uuid NOT NULL CONSTRAINT fk_accessibility_need_event REFERENCES event (id),
  participant_id uuid NOT NULL CONSTRAINT fk_accessibility_need_participant REFERENCES participant (id) ON DELETE CASCADE,
  kind text NOT NULL CONSTRAINT ck_accessibility_need_kind CHECK (kind IN
    ('STEP_FREE_ACCESS', 'SIGN_LANGUAGE', 'CAPTIONING', 'EASY_READ', 'HEARING_LOOP', 'DIET', 'COMPANION', 'OTHER')),
  note text
);
CREATE INDEX ix_accessibility_need_event ON accessibility_need (event_id);
CREATE INDEX ix_accessibility_need_participant ON accessibility_need (participant_id)`;

const MUNICIPALITY = `
CREATE TABLE municipality_copy (
  id uuid NOT NULL CONSTRAINT pk_municipality_copy PRIMARY KEY,
  version int NOT NULL,
  side text NOT NULL CONSTRAINT ck_municipality_copy_side CHECK (side IN ('DE', 'PARTNER'))
)`;
