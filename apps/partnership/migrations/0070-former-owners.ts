import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose a project was before its municipality went into another. */
export class FormerOwners1764100070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_former_owner (
        project_id uuid NOT NULL CONSTRAINT fk_project_former_owner_project REFERENCES project,
        municipality_id uuid NOT NULL CONSTRAINT fk_project_former_owner_municipality REFERENCES municipality,
        -- First day on which another municipality carries the project.
        until_on date NOT NULL,
        CONSTRAINT pk_project_former_owner PRIMARY KEY (project_id, municipality_id)
      );
      CREATE TRIGGER tr_project_former_owner_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON project_former_owner
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      REVOKE UPDATE, DELETE, TRUNCATE ON project_former_owner FROM svc_partnership;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE project_former_owner');
  }
}
