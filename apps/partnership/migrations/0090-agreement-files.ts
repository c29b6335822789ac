import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DOCUMENT_TABLES, DOCUMENTS_ELSEWHERE, UPLOAD_TABLE } from '#documents';

/** Files of agreements, who passed a resolution, and both in the history of a partnership. */
export class AgreementFiles1764100090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [DOCUMENT_TABLES, DOCUMENTS_ELSEWHERE, UPLOAD_TABLE, RESOLUTION, FILE, TIMELINE];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION partnership_timeline(uuid);
      ALTER FUNCTION partnership_timeline_before_files(uuid) RENAME TO partnership_timeline;
      DROP TABLE agreement_file, document, document_content, upload_part;
      ALTER TABLE agreement DROP COLUMN council_body, DROP COLUMN council_municipality_id, DROP CONSTRAINT ck_agreement_proof`);
  }
}

// An agreement is what was signed; a resolution is found by its number in the minutes.
const RESOLUTION = `
  ALTER TABLE agreement
    ADD COLUMN council_body text
      CONSTRAINT ck_agreement_council_body CHECK (council_body IN ('MUNICIPAL_COUNCIL', 'DISTRICT_COUNCIL', 'COMMITTEE', 'OTHER')),
    ADD COLUMN council_municipality_id uuid CONSTRAINT fk_agreement_council_municipality REFERENCES municipality,
    ALTER COLUMN document_sha256 DROP NOT NULL,
    ADD CONSTRAINT ck_agreement_proof CHECK
      (document_sha256 IS NOT NULL OR (kind = 'COUNCIL_RESOLUTION' AND reference IS NOT NULL)),
    ADD CONSTRAINT ck_agreement_council CHECK
      (kind = 'COUNCIL_RESOLUTION' AND (council_body IS NOT NULL OR council_municipality_id IS NULL)
        OR council_body IS NULL AND council_municipality_id IS NULL)`;

// Beside the agreement, which is never changed: the file may come later.
const FILE = `
  CREATE TABLE agreement_file (
    agreement_id uuid CONSTRAINT pk_agreement_file PRIMARY KEY CONSTRAINT fk_agreement_file_agreement REFERENCES agreement,
    document_id uuid NOT NULL CONSTRAINT uq_agreement_file_document UNIQUE
      CONSTRAINT fk_agreement_file_document REFERENCES document (id),
    added_by text NOT NULL,
    added_at timestamptz NOT NULL
  );
  REVOKE UPDATE, DELETE, TRUNCATE ON agreement_file FROM svc_partnership`;

const TIMELINE = `
  ALTER FUNCTION partnership_timeline(uuid) RENAME TO partnership_timeline_before_files;
  CREATE FUNCTION partnership_timeline(asked uuid)
  RETURNS TABLE (id uuid, happened_on date, occurred_at timestamptz, source text, kind text, about_kind text, about_id uuid, details json)
  LANGUAGE sql STABLE AS $$
    SELECT f.id, f.happened_on, f.occurred_at, f.source,
      CASE WHEN f.kind = 'AGREEMENT' AND f.details->>'agreementKind' = 'COUNCIL_RESOLUTION' THEN 'COUNCIL_RESOLVED' ELSE f.kind END,
      f.about_kind, f.about_id, f.details
    FROM partnership_timeline_before_files(asked) f
    UNION ALL
    SELECT fact_id(a.id || ' file'), (f.added_at AT TIME ZONE 'Europe/Berlin')::date, f.added_at, 'partnership', 'AGREEMENT_FILE_ADDED',
      'PARTNERSHIP', a.partnership_id, json_build_object('agreementKind', a.kind)
    FROM agreement a JOIN agreement_file f ON f.agreement_id = a.id WHERE a.partnership_id = asked
  $$;`;
