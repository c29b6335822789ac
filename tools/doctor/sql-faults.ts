/** A fault that a superuser makes, and how it is undone. */
export interface SqlFault {
  readonly fault: string;
  readonly check: string;
  readonly finding: RegExp;
  readonly sql: readonly [doing: string, undoing: string];
}

/** Stands where a payload or an error may name somebody; no report may show it. */
export const PERSON = 'Erika Mustermann';

export const SQL_FAULTS: readonly SqlFault[] = [
  {
    fault: 'a role made settings for itself',
    check: 'database roles',
    finding: /svc_finance: it has settings of its own/,
    sql: [`ALTER ROLE svc_finance SET work_mem = '1GB'`, 'ALTER ROLE svc_finance RESET ALL'],
  },
  {
    fault: 'a service may change its audit records',
    check: 'database roles',
    finding: /svc_finance may change finance.audit_record, to which records are only added/,
    sql: [
      'GRANT UPDATE ON finance.audit_record TO svc_finance',
      'REVOKE UPDATE ON finance.audit_record FROM svc_finance',
    ],
  },
  {
    fault: 'the trigger of the journal is off',
    check: 'database roles',
    finding: /the trigger that keeps finance.journal_entry from changes is off/,
    sql: [
      'ALTER TABLE finance.journal_entry DISABLE TRIGGER journal_entry_append_only',
      'ALTER TABLE finance.journal_entry ENABLE TRIGGER journal_entry_append_only',
    ],
  },
  {
    fault: 'a service may look into another one',
    check: 'database roles',
    finding: /svc_events may look into the schema finance/,
    sql: ['GRANT USAGE ON SCHEMA finance TO svc_events', 'REVOKE USAGE ON SCHEMA finance FROM svc_events'],
  },
  {
    fault: 'a service may not read one of its tables',
    check: 'database roles',
    finding: /svc_events may not read events.registration/,
    sql: ['REVOKE SELECT ON events.registration FROM svc_events', 'GRANT SELECT ON events.registration TO svc_events'],
  },
  {
    fault: 'every role may connect to a database that was closed',
    check: 'database roles',
    finding: /every role may connect to the database template1/,
    sql: ['GRANT CONNECT ON DATABASE template1 TO PUBLIC', 'REVOKE CONNECT ON DATABASE template1 FROM PUBLIC'],
  },
  {
    fault: 'a migration is pending',
    check: 'migrations',
    finding: /The schema events lacks the migration Recheck\d+/,
    sql: [
      `UPDATE events.migrations SET name = 'Hidden' WHERE name LIKE 'Recheck%'; DELETE FROM events.migrations WHERE name = 'Hidden'`,
      `INSERT INTO events.migrations (timestamp, name) VALUES (1700000005000, 'Recheck1700000005000')`,
    ],
  },
  {
    fault: 'a newer version has migrated',
    check: 'migrations',
    finding: /The schema staffing has the migration Later1900000000000, which this version does not know/,
    sql: [
      `INSERT INTO staffing.migrations (timestamp, name) VALUES (1900000000000, 'Later1900000000000')`,
      `DELETE FROM staffing.migrations WHERE name = 'Later1900000000000'`,
    ],
  },
  {
    fault: 'a message is not published',
    check: 'outbox',
    finding: /events: 1 message not published, the oldest for 5 min/,
    sql: [
      `INSERT INTO events.outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, occurred_at)
       VALUES (gen_random_uuid(), 'evt.events.event.published.v1', 'a', 1, '{}', 'a', now() - interval '5 minutes')`,
      'DELETE FROM events.outbox_message',
    ],
  },
  {
    fault: 'a message that no stream takes',
    check: 'outbox',
    finding: /events: 1 message that no stream takes/,
    sql: [
      `INSERT INTO events.outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, failed_at)
       VALUES (gen_random_uuid(), 'evt.nowhere', 'a', 1, '{}', 'a', now())`,
      'DELETE FROM events.outbox_message',
    ],
  },
  {
    fault: 'a message died',
    check: 'dead letters',
    finding: /staffing: 1 message that it could not process/,
    sql: [
      `INSERT INTO staffing.dead_letter (id, delivery, subject, headers, payload, payload_hash, reason, error, attempts)
       VALUES (gen_random_uuid(), 'a', 'evt.partnership.partnership.activated.v1', '{}', '', '', 'failing', '${PERSON}', 5)`,
      'DELETE FROM staffing.dead_letter',
    ],
  },
  {
    fault: 'nobody signs checkpoints any more',
    check: 'audit trail',
    finding: /finance: the last checkpoint was signed on 2026-01-01/,
    sql: [
      `INSERT INTO finance.audit_checkpoint (number, day, document, written_to) VALUES (1, '2026-01-01', '{}', '{directory}')`,
      'DELETE FROM finance.audit_checkpoint',
    ],
  },
  {
    fault: 'a verification found something',
    check: 'audit trail',
    finding: /partnership: The record 7 was changed\. And 1 more/,
    sql: [
      `INSERT INTO partnership.audit_verification (name, day, verified_at, findings)
       VALUES ('verification', current_date, now(), '[{"sentence":"The record 7 was changed."},{"sentence":"Another."}]')`,
      'DELETE FROM partnership.audit_verification',
    ],
  },
];
