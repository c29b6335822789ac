import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom to talk to in a municipality. Who the person is stands by itself: with the consent it goes, and what remains names nobody. */
export class MunicipalityContacts1764100071000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE municipality_contact (
        id uuid CONSTRAINT pk_municipality_contact PRIMARY KEY,
        municipality_id uuid NOT NULL CONSTRAINT fk_municipality_contact_municipality REFERENCES municipality,
        consent_given_on date NOT NULL,
        -- First day without consent.
        consent_until date,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        withdrawn_by text,
        withdrawn_at timestamptz,
        CONSTRAINT ck_municipality_contact_consent CHECK (consent_until > consent_given_on),
        CONSTRAINT ck_municipality_contact_withdrawal CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
      );
      CREATE INDEX ix_municipality_contact_municipality ON municipality_contact (municipality_id, recorded_at, id);
      CREATE INDEX ix_municipality_contact_until ON municipality_contact (consent_until);
      CREATE TABLE municipality_contact_person (
        contact_id uuid CONSTRAINT pk_municipality_contact_person PRIMARY KEY
          CONSTRAINT fk_municipality_contact_person_contact REFERENCES municipality_contact,
        name text NOT NULL,
        function text NOT NULL,
        email text NOT NULL,
        evidence text NOT NULL
      );
      GRANT DELETE ON municipality_contact_person TO svc_partnership;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE municipality_contact_person, municipality_contact');
  }
}
