import type { MigrationInterface, QueryRunner } from 'typeorm';

/** States in which an assignment takes no place of its request: what ended early may have a successor. */
const PLACELESS = `('FUNDING_REFUSED', 'CANCELLED', 'ENDED_EARLY')`;

/**
 * How many experts a request asks for, which no two planners exceed together; and whether a payment for an assignment has gone to the
 * bank, after which its days are no longer corrected.
 */
export class ExpertsAndCorrections1764100093000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment ADD COLUMN has_money_moved boolean NOT NULL DEFAULT false');
    await runner.query(`
      ALTER TABLE expert_request ADD COLUMN number_of_experts integer NOT NULL DEFAULT 1,
        ADD CONSTRAINT ck_expert_request_number_of_experts CHECK (number_of_experts BETWEEN 1 AND 100)`);
    // Requests that have more experts already ask for as many.
    await runner.query(`
      UPDATE expert_request SET number_of_experts = least(planned.experts, 100)
      FROM (SELECT expert_request_id, count(DISTINCT expert_id) AS experts FROM assignment
            WHERE status NOT IN ${PLACELESS} GROUP BY expert_request_id) planned
      WHERE planned.expert_request_id = expert_request.id AND planned.experts > 1`);
    await runner.query(`
      CREATE FUNCTION refuse_excess_experts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      DECLARE
        asked_for integer;
        others integer;
      BEGIN
        -- Locked, so that two planners of one request wait for each other.
        SELECT number_of_experts INTO asked_for FROM expert_request WHERE id = NEW.expert_request_id FOR NO KEY UPDATE;
        SELECT count(DISTINCT expert_id) INTO others FROM assignment
          WHERE expert_request_id = NEW.expert_request_id AND expert_id <> NEW.expert_id AND status NOT IN ${PLACELESS};
        IF others >= asked_for THEN
          RAISE EXCEPTION 'the request asks for % experts', asked_for
            USING ERRCODE = '23514', CONSTRAINT = 'ck_assignment_experts_of_request';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER tr_assignment_experts_of_request_new BEFORE INSERT ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${PLACELESS}) EXECUTE FUNCTION refuse_excess_experts()`);
    await runner.query(`
      CREATE TRIGGER tr_assignment_experts_of_request_back BEFORE UPDATE ON assignment
        FOR EACH ROW WHEN (NEW.status NOT IN ${PLACELESS} AND OLD.status IN ${PLACELESS})
        EXECUTE FUNCTION refuse_excess_experts()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TRIGGER tr_assignment_experts_of_request_new ON assignment; DROP TRIGGER tr_assignment_experts_of_request_back ON assignment',
    );
    await runner.query('DROP FUNCTION refuse_excess_experts()');
    await runner.query('ALTER TABLE assignment DROP COLUMN has_money_moved');
    await runner.query('ALTER TABLE expert_request DROP COLUMN number_of_experts');
  }
}
