import type { MigrationInterface, QueryRunner } from 'typeorm';

/** States in which an assignment does not take the expert's time. */
const FREE = `('FUNDING_REFUSED', 'CANCELLED')`;

export class Assignments1764100004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assignment (
        id uuid NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        expert_request_id uuid NOT NULL,
        partnership_ids uuid[] NOT NULL,
        expert_id uuid NOT NULL,
        employer_municipality_id uuid NOT NULL,
        fund_id uuid NOT NULL,
        instrument text NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL,
        full_time_percent integer NOT NULL,
        cost_inputs jsonb NOT NULL,
        partner_decision text,
        partner_decided_at timestamptz,
        partner_decided_by text,
        partner_note text,
        commitment_id uuid,
        funding_refusal jsonb,
        preparation_started_on date,
        departed_on date,
        ended_on date,
        cancellation_reason text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_assignment PRIMARY KEY (id),
        CONSTRAINT fk_assignment_expert_request FOREIGN KEY (expert_request_id) REFERENCES expert_request (id),
        CONSTRAINT fk_assignment_expert FOREIGN KEY (expert_id) REFERENCES expert (id),
        CONSTRAINT ck_assignment_status CHECK (status IN ('PLANNED', 'FUNDING_REQUESTED', 'FUNDING_REFUSED', 'CONFIRMED',
          'PREPARATION', 'ACTIVE', 'COMPLETED', 'CANCELLED')),
        CONSTRAINT ck_assignment_period CHECK (period_from < period_to),
        CONSTRAINT ck_assignment_full_time_percent CHECK (full_time_percent BETWEEN 1 AND 100),
        CONSTRAINT ck_assignment_partner_decision CHECK (partner_decision IN ('ACCEPTED', 'REJECTED')),
        CONSTRAINT ck_assignment_partner_accepted CHECK (
          status IN ('PLANNED', 'CANCELLED') OR partner_decision = 'ACCEPTED'),
        CONSTRAINT ck_assignment_covered CHECK (
          status NOT IN ('CONFIRMED', 'PREPARATION', 'ACTIVE', 'COMPLETED') OR commitment_id IS NOT NULL),
        CONSTRAINT ck_assignment_departed CHECK (status NOT IN ('ACTIVE', 'COMPLETED') OR departed_on IS NOT NULL),
        CONSTRAINT ck_assignment_ended CHECK (status <> 'COMPLETED' OR ended_on IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX ix_assignment_created_at ON assignment (created_at, id)');
    await runner.query('CREATE INDEX ix_assignment_period_from ON assignment (period_from, id)');
    await runner.query('CREATE INDEX ix_assignment_expert ON assignment (expert_id, period_from)');
    await runner.query('CREATE INDEX ix_assignment_expert_request ON assignment (expert_request_id)');
    await runner.query('CREATE INDEX ix_assignment_partnership_ids ON assignment USING gin (partnership_ids)');
    await this.expertShare(runner);
  }

  /**
   * No expert works more than full time on any day. Two shares above 50 % can never overlap, which an exclusion constraint
   * states; smaller shares are summed by a trigger. The trigger writes the expert's occupancy row first, so that two planners
   * wait for each other; a write and not a lock, because it also fails the loser at the stricter isolation levels.
   */
  private async expertShare(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE assignment ADD CONSTRAINT ex_assignment_expert_full_time EXCLUDE USING gist
        (expert_id WITH =, daterange(period_from, period_to) WITH &&)
        WHERE (full_time_percent > 50 AND status NOT IN ${FREE})`);
    await runner.query(`
      CREATE TABLE expert_occupancy (
        expert_id uuid NOT NULL,
        revision bigint NOT NULL,
        CONSTRAINT pk_expert_occupancy PRIMARY KEY (expert_id),
        CONSTRAINT fk_expert_occupancy_expert FOREIGN KEY (expert_id) REFERENCES expert (id)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_excess_share() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      DECLARE
        others integer;
      BEGIN
        INSERT INTO expert_occupancy AS occupancy (expert_id, revision) VALUES (NEW.expert_id, 1)
          ON CONFLICT ON CONSTRAINT pk_expert_occupancy DO UPDATE SET revision = occupancy.revision + 1;
        -- The sum of shares rises only on a day on which a period begins: these days are enough.
        SELECT max(share) INTO others FROM (
          SELECT (SELECT coalesce(sum(other.full_time_percent), 0) FROM assignment other
                  WHERE other.expert_id = NEW.expert_id AND other.id <> NEW.id AND other.status NOT IN ${FREE}
                    AND other.period_from <= start.day AND start.day < other.period_to) AS share
          FROM (SELECT NEW.period_from AS day
                UNION SELECT period_from FROM assignment
                WHERE expert_id = NEW.expert_id AND id <> NEW.id AND status NOT IN ${FREE}
                  AND period_from > NEW.period_from AND period_from < NEW.period_to) start) shares;
        IF others + NEW.full_time_percent > 100 THEN
          RAISE EXCEPTION 'the expert would work more than full time'
            USING ERRCODE = '23P01', CONSTRAINT = 'ex_assignment_expert_share';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER tr_assignment_expert_share_new BEFORE INSERT ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${FREE}) EXECUTE FUNCTION refuse_excess_share()`);
    await runner.query(`
      CREATE TRIGGER tr_assignment_expert_share_changed BEFORE UPDATE ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${FREE} AND (OLD.status IN ${FREE}
          OR (OLD.expert_id, OLD.period_from, OLD.period_to, OLD.full_time_percent)
             IS DISTINCT FROM (NEW.expert_id, NEW.period_from, NEW.period_to, NEW.full_time_percent)))
        EXECUTE FUNCTION refuse_excess_share()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE expert_occupancy, assignment');
    await runner.query('DROP FUNCTION refuse_excess_share()');
  }
}
