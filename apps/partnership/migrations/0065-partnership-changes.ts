import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What partnerships say can be changed; what they said before is kept. */
export class PartnershipChanges1764100065000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partnership_change (
        partnership_id uuid NOT NULL CONSTRAINT fk_partnership_change_partnership REFERENCES partnership,
        -- The version that the change made.
        sequence integer NOT NULL,
        effective_on date NOT NULL,
        reason text NOT NULL,
        said_before json NOT NULL,
        said_after json NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_partnership_change PRIMARY KEY (partnership_id, sequence)
      );
      CREATE TRIGGER tr_partnership_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON partnership_change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER tr_partnership_change_shown AFTER INSERT ON partnership_change FOR EACH ROW EXECUTE FUNCTION show_partnership();
      REVOKE UPDATE, DELETE, TRUNCATE ON partnership_change FROM svc_partnership;
      -- Who takes part and what for is written anew with a change; check_partnership_whole sees to it that both are whole at the end.
      GRANT DELETE ON partnership_participant, partnership_field TO svc_partnership;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE DELETE ON partnership_participant, partnership_field FROM svc_partnership;
      DROP TABLE partnership_change;
    `);
  }
}
