const PARTICIPANT = (table: string) =>
  ['id', 'side', 'country', 'kind', 'name'].map((it) => `${table}.${it} AS ${table}_${it}`);
const COLUMNS = `p.id, p.version, p.kind, p.status, p.status_since AS "statusSince", p.languages, p.fields AS "fieldsOfAction",
  p.period_from, p.period_to, p.created_at, p.updated_at, ${[...PARTICIPANT('german'), ...PARTICIPANT('partner')].join(', ')}`;
const PARTICIPANTS =
  'JOIN municipality german ON german.id = p.german_id JOIN municipality partner ON partner.id = p.partner_id';

export const PARTNERSHIP = `
  SELECT ${COLUMNS}, p.status_changes AS "statusChanges" FROM partnership p ${PARTICIPANTS} WHERE p.id = $1`;

/**
 * The first page, and the one after a row. The limit stands in the text: a prepared plan for any limit reads and sorts a tenth of the
 * table.
 */
export function partnershipPage(limit: number, isAfter: boolean): { name: string; text: string } {
  const after = isAfter ? 'AND (p.updated_at, p.id) < ($2::timestamptz, $3::uuid)' : '';
  return {
    name: `${isAfter ? 'w2k' : 'w2'}_${limit}`,
    text: `
      SELECT ${COLUMNS} FROM partnership p ${PARTICIPANTS}
      WHERE p.status = $1 ${after} ORDER BY p.updated_at DESC, p.id DESC LIMIT ${limit + 1}`,
  };
}

/**
 * One registration: the event is open, a seat is counted or a place on the waiting list, the arrival has its number, and an index
 * refuses whoever is registered already.
 */
export const REGISTER = `
  WITH arrived AS (
    UPDATE event SET taken = taken + (taken < capacity)::int, arrivals = arrivals + 1
    WHERE id = $1 AND status = 'PUBLISHED' AND registration_deadline_at > now() AND arrivals - taken < 1000
    RETURNING id, arrivals, CASE WHEN old.taken < old.capacity THEN 'CONFIRMED' ELSE 'WAITLISTED' END AS status
  ), made AS (
    INSERT INTO registration (id, version, event_id, kind, registrant_group, attendance_mode, registered_by, seats, status, queue_number,
      registered_at)
    SELECT $2, 1, id, $3, $4, $5, 'thin', 1, status, arrivals, now() FROM arrived RETURNING *
  ), person AS (
    INSERT INTO participant SELECT $6, 1, event_id, id, $7, $8, true FROM made
  )
  SELECT id, version, event_id AS "eventId", kind, registrant_group AS "group", attendance_mode AS "attendanceMode",
    municipality_id AS "municipalityId", seats, status, queue_number AS "queueNumber", registered_at AS "registeredAt",
    offer_expires_at AS "offerExpiresAt", confirmed_at AS "confirmedAt", cancelled_at AS "cancelledAt", checked_in_at AS "checkedInAt",
    seats_attended AS "seatsAttended" FROM made`;

/** One order: the state decides, the fund's row has the money or refuses by its check, two lines that add up to zero, one message. */
export const createOrder = `
  WITH ordered AS (
    UPDATE payout SET version = version + 1, status = 'ORDERED', ordered_by = 'thin', ordered_at = now(), order_hash = $2
    WHERE id = $1 AND status = 'ARITHMETICALLY_CHECKED' RETURNING *
  ), told AS (
    INSERT INTO message SELECT $3, 'payout.ordered', jsonb_build_object('payoutId', id, 'fundId', fund_id, 'amount', amount), now()
    FROM ordered
  ), entered AS (
    INSERT INTO entry SELECT $4, fund_id, id, now() FROM ordered RETURNING id
  ), lines AS (
    INSERT INTO entry_line SELECT entered.id, account, sign * amount
    FROM entered, ordered, (VALUES ('committed', -1), ('payable', 1)) AS side (account, sign) RETURNING 1
  ), drawn AS (
    UPDATE fund_year f SET committed = committed - amount, payable = payable + amount FROM ordered
    WHERE f.fund_id = ordered.fund_id AND f.year = ordered.year RETURNING 1
  )
  SELECT ordered.*, (SELECT count(*) FROM lines) AS posted FROM ordered, drawn`;
