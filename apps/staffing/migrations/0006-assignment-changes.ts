import type { MigrationInterface, QueryRunner } from 'typeorm';

const FREE = `('FUNDING_REFUSED', 'CANCELLED')`;

/** Until when an assignment takes the expert's time: an early end frees, an extension that was asked for holds. */
const until = (row: string) => `coalesce(${row}.ended_on, greatest(${row}.period_to, ${row}.extension_requested_to))`;

/** Extension, interruption, resumption and early end of an assignment. */
export class AssignmentChanges1764100006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE assignment
        ADD COLUMN extension_requested_to date,
        ADD COLUMN extension_version integer,
        ADD COLUMN extension_refused_to date,
        ADD COLUMN extension_refusal jsonb,
        ADD COLUMN interruptions jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN end_reason text,
        ADD COLUMN is_end_attributable boolean,
        ADD COLUMN end_note text,
        DROP CONSTRAINT ck_assignment_status,
        DROP CONSTRAINT ck_assignment_covered,
        DROP CONSTRAINT ck_assignment_departed,
        DROP CONSTRAINT ck_assignment_ended,
        ADD CONSTRAINT ck_assignment_status CHECK (status IN ('PLANNED', 'FUNDING_REQUESTED', 'FUNDING_REFUSED', 'CONFIRMED',
          'PREPARATION', 'ACTIVE', 'INTERRUPTED', 'COMPLETED', 'ENDED_EARLY', 'CANCELLED')),
        ADD CONSTRAINT ck_assignment_covered CHECK (commitment_id IS NOT NULL OR status NOT IN
          ('CONFIRMED', 'PREPARATION', 'ACTIVE', 'INTERRUPTED', 'COMPLETED', 'ENDED_EARLY')),
        ADD CONSTRAINT ck_assignment_departed CHECK (departed_on IS NOT NULL OR status NOT IN
          ('ACTIVE', 'INTERRUPTED', 'COMPLETED', 'ENDED_EARLY')),
        ADD CONSTRAINT ck_assignment_ended CHECK ((status IN ('COMPLETED', 'ENDED_EARLY')) = (ended_on IS NOT NULL)),
        ADD CONSTRAINT ck_assignment_ended_after_departure CHECK (departed_on < ended_on AND ended_on <= period_to),
        ADD CONSTRAINT ck_assignment_ended_early CHECK ((status = 'ENDED_EARLY') = (end_reason IS NOT NULL)),
        ADD CONSTRAINT ck_assignment_extension CHECK (
          extension_requested_to IS NULL OR (extension_requested_to > period_to AND status = 'ACTIVE'
            AND extension_version IS NOT NULL)),
        DROP CONSTRAINT ex_assignment_expert_full_time,
        ADD CONSTRAINT ex_assignment_expert_full_time EXCLUDE USING gist
          (expert_id WITH =, daterange(period_from, coalesce(ended_on, greatest(period_to, extension_requested_to))) WITH &&)
          WHERE (full_time_percent > 50 AND status NOT IN ${FREE})`);
    await this.expertShare(runner);
  }

  private async expertShare(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION refuse_excess_share() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      DECLARE
        others integer;
      BEGIN
        INSERT INTO expert_occupancy AS occupancy (expert_id, revision) VALUES (NEW.expert_id, 1)
          ON CONFLICT ON CONSTRAINT pk_expert_occupancy DO UPDATE SET revision = occupancy.revision + 1;
        -- The sum of shares rises only on a day on which a period begins: these days are enough.
        SELECT max(share) INTO others FROM (
          SELECT (SELECT coalesce(sum(other.full_time_percent), 0) FROM assignment other
                  WHERE other.expert_id = NEW.expert_id AND other.id <> NEW.id AND other.status NOT IN ${FREE}
                    AND other.period_from <= start.day AND start.day < ${until('other')}) AS share
          FROM (SELECT NEW.period_from AS day
                UNION SELECT period_from FROM assignment
                WHERE expert_id = NEW.expert_id AND id <> NEW.id AND status NOT IN ${FREE}
                  AND period_from > NEW.period_from AND period_from < ${until('NEW')}) start) shares;
        IF others + NEW.full_time_percent > 100 THEN
          RAISE EXCEPTION 'the expert would work more than full time'
            USING ERRCODE = '23P01', CONSTRAINT = 'ex_assignment_expert_share';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query('DROP TRIGGER tr_assignment_expert_share_changed ON assignment');
    await runner.query(`
      CREATE TRIGGER tr_assignment_expert_share_changed BEFORE UPDATE ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${FREE} AND (OLD.status IN ${FREE}
          OR (OLD.expert_id, OLD.period_from, OLD.period_to, OLD.full_time_percent, OLD.extension_requested_to)
             IS DISTINCT FROM (NEW.expert_id, NEW.period_from, NEW.period_to, NEW.full_time_percent, NEW.extension_requested_to)))
        EXECUTE FUNCTION refuse_excess_share()`);
  }

  // Only before anything was changed that way; production is rolled forward.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER tr_assignment_expert_share_changed ON assignment');
    await runner.query('ALTER TABLE assignment DROP CONSTRAINT ex_assignment_expert_full_time');
    await runner.query(`
      ALTER TABLE assignment DROP COLUMN extension_requested_to, DROP COLUMN extension_version,
        DROP COLUMN extension_refused_to, DROP COLUMN extension_refusal, DROP COLUMN interruptions,
        DROP COLUMN end_reason, DROP COLUMN is_end_attributable, DROP COLUMN end_note`);
  }
}
