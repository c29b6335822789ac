import {
  type OutgoingMessage,
  partnershipRecorded,
  type PartnershipSummary,
  type PartnershipView,
  STATUS_CHANGES_SHOWN,
} from '#contracts';

/** A row of `partnershipSelect`: the view, with instants still as dates. */
export type PartnershipRow = Omit<PartnershipView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };
/** A row of `partnershipSummarySelect`. */
export type PartnershipListRow = Omit<PartnershipRow, 'statusChanges'>;

const COLUMNS = `
  p.id, p.version, p.kind, p.status, p.status_since AS "statusSince",
    (SELECT json_agg(json_build_object('municipalityId', m.id, 'side', m.side, 'country', m.country, 'kind', m.kind, 'name', m.name)
       ORDER BY pp.position)
     FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id WHERE pp.partnership_id = p.id) AS participants,
    p.languages,
    (SELECT json_agg(json_build_object('key', f.field_key, 'percent', f.percent) ORDER BY f.position)
     FROM partnership_field f WHERE f.partnership_id = p.id) AS "fieldsOfAction",
    CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period,
    p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

/** What the view needs, in one statement. */
export const partnershipSelect = `
  SELECT ${COLUMNS},
    (SELECT json_agg(json_build_object('status', c.status, 'on', c.effective_on, 'recordedBy', c.recorded_by,
       'recordedAt', to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', c.note) ORDER BY c.sequence)
     FROM (SELECT * FROM partnership_status_change latest WHERE latest.partnership_id = p.id
       ORDER BY latest.sequence DESC LIMIT ${STATUS_CHANGES_SHOWN}) c) AS "statusChanges"
  FROM partnership p`;

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
