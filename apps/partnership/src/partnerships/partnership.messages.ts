import type { OutgoingMessage } from '#contracts';
import { partnershipRecorded, type PartnershipSummary, type PartnershipView } from '#contracts/partnership';

/** A row of `partnershipSelect`: the view, with instants still as dates. */
export type PartnershipRow = Omit<PartnershipView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };
/** A row of `partnershipSummarySelect`. */
export type PartnershipListRow = Omit<PartnershipRow, 'statusChanges'>;

// Participants, fields and statuses stand in the row as the view shows them (migration 0010): put together anew for each answer
// they cost more than all the rest.
const COLUMNS = `
  p.id, p.version, p.kind, p.status, p.status_since AS "statusSince", p.participants, p.languages, p.fields_of_action AS "fieldsOfAction",
    CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period,
    p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

/** What the view needs, in one statement. */
export const partnershipSelect = `SELECT ${COLUMNS}, p.status_changes AS "statusChanges" FROM partnership p`;

/** The same for a list, which shows no history. */
export const partnershipSummarySelect = `SELECT ${COLUMNS} FROM partnership p`;

export function partnershipView(row: PartnershipRow): PartnershipView {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

export function partnershipSummary(row: PartnershipListRow): PartnershipSummary {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

export function partnershipRecordedMessage(view: PartnershipView): OutgoingMessage {
  const { id, version, kind, status, period, fieldsOfAction } = view;
  const participants = view.participants.map(({ municipalityId, side, country, name }) => ({
    municipalityId,
    side,
    country,
    name,
  }));
  return partnershipRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { partnershipId: id, kind, status, period, participants, fieldsOfAction },
  });
}
