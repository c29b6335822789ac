import type { OutgoingMessage } from '#contracts';
import { partnershipRecorded, type PartnershipView } from '#contracts/partnership';
import { jsonOf, jsonText } from '#database';

const { any, asItIs, instant, orNull, plain } = jsonOf;

// Participants, fields and statuses stand in the row as the view shows them (migration 0010): put together anew for each answer
// they cost more than all the rest.
const SUMMARY = {
  id: plain('p.id'),
  version: asItIs('p.version'),
  caseNumber: plain('p.case_number'),
  kind: plain('p.kind'),
  status: plain('p.status'),
  statusSince: plain('p.status_since'),
  participants: asItIs('p.participants'),
  languages: any('p.languages'),
  fieldsOfAction: asItIs('p.fields_of_action'),
  period: orNull(
    'p.period_from',
    jsonText({ from: plain('p.period_from'), to: orNull('p.period_to', plain('p.period_to')) }),
  ),
  createdAt: instant('p.created_at'),
  updatedAt: instant('p.updated_at'),
};

/** The view of a partnership `p`, as JSON. */
export const partnershipJson = jsonText({ ...SUMMARY, statusChanges: asItIs('p.status_changes') });

/** The same for a list, which shows no history. */
export const partnershipSummaryJson = jsonText(SUMMARY);

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
