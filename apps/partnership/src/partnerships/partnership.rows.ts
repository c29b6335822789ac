import { AppError } from '#contracts';
import type { FieldShare, Side } from '#contracts/partnership';
import type { Tx } from '#database';
import type { AgreementFacts } from './agreement-term';
import { checkFields, checkParticipants } from './partnership.entity';

const LIKELY_SHOWN = 20;

interface Parts {
  readonly id: string;
  readonly municipalityIds: readonly string[];
  readonly fieldsOfAction: readonly FieldShare[];
}

/** Who takes part in each and what for, in the sequence given. */
export async function writeParts(tx: Tx, partnerships: readonly Parts[]): Promise<void> {
  const participants = partnerships.flatMap(({ id, municipalityIds }) =>
    municipalityIds.map((municipalityId, index) => ({ id, municipalityId, position: index + 1 })),
  );
  await tx.query(
    `INSERT INTO partnership_participant (partnership_id, municipality_id, position)
     SELECT p.id, p."municipalityId", p.position
     FROM json_to_recordset($1::json) AS p (id uuid, "municipalityId" uuid, position int)`,
    [JSON.stringify(participants)],
  );
  const fields = partnerships.flatMap(({ id, fieldsOfAction }) =>
    fieldsOfAction.map(({ key, percent }, index) => ({ id, key, percent, position: index + 1 })),
  );
  await tx.query(
    `INSERT INTO partnership_field (partnership_id, field_key, percent, position)
     SELECT f.id, f.key, f.percent, f.position
     FROM json_to_recordset($1::json) AS f (id uuid, key text, percent int, position int)`,
    [JSON.stringify(fields)],
  );
}

export function agreementsOf(tx: Tx, partnershipId: string): Promise<AgreementFacts[]> {
  return tx.query<AgreementFacts>('SELECT kind, valid_from, valid_to FROM agreement WHERE partnership_id = $1', [
    partnershipId,
  ]);
}

interface Participating {
  readonly id: string;
  readonly side: Side;
  readonly endedOn: string | null;
}

/** All municipalities are recorded, have not ended and are on both sides, all fields known and whole. */
export async function assertWhole(
  tx: Tx,
  partnerships: readonly Pick<Parts, 'municipalityIds' | 'fieldsOfAction'>[],
): Promise<void> {
  const ids = [...new Set(partnerships.flatMap(({ municipalityIds }) => municipalityIds))];
  // Locked: a succession that is declared meanwhile would hand over what is there, and miss this one.
  const found = await tx.query<Participating>(
    'SELECT id, side, ended_on FROM municipality WHERE id = ANY ($1) ORDER BY id FOR SHARE',
    [ids],
  );
  await refuseEnded(tx, found);
  const known = new Map(found.map((each) => [each.id, each]));
  for (const { municipalityIds, fieldsOfAction } of partnerships) {
    checkParticipants(
      municipalityIds,
      municipalityIds.flatMap((id) => known.get(id) ?? []),
    );
    checkFields(fieldsOfAction);
  }
}

/** Names whom each went into: the way on. */
async function refuseEnded(tx: Tx, participants: readonly Participating[]): Promise<void> {
  const ended = participants.find(({ endedOn }) => endedOn !== null);
  if (!ended) return;
  const heirs = await tx.query<{ id: string }>(
    `SELECT m.id FROM municipality_line($1) line JOIN municipality m ON m.id = line.id WHERE m.ended_on IS NULL ORDER BY m.name, m.id`,
    [ended.id],
  );
  throw new AppError('PARTNERSHIP_PARTICIPANT_ENDED', {
    municipalityId: ended.id,
    endedOn: ended.endedOn,
    successorIds: heirs.map(({ id }) => id),
  });
}

interface Likely {
  readonly id: string;
  readonly kind: string;
  readonly municipalityIds: readonly string[];
}

/** The same municipalities, all of them and no other: a second one would be supported, counted and shown twice. */
export async function refuseDuplicates(tx: Tx, partnerships: readonly Likely[]): Promise<void> {
  const asked = partnerships.map(({ id, kind, municipalityIds }) => ({
    id,
    kind,
    municipalityIds: [...municipalityIds].sort(),
  }));
  const known = await tx.query<{ id: string; askedId: string }>(
    `SELECT p.id, asked.id AS asked_id
     FROM json_to_recordset($1::json) AS asked (id uuid, kind text, "municipalityIds" uuid[])
     JOIN partnership_participant one ON one.municipality_id = asked."municipalityIds"[1]
     JOIN partnership p ON p.id = one.partnership_id AND p.kind = asked.kind AND p.status <> 'ENDED' AND p.id <> asked.id
     WHERE (SELECT array_agg(pp.municipality_id ORDER BY pp.municipality_id) FROM partnership_participant pp
            WHERE pp.partnership_id = p.id) = asked."municipalityIds"
     ORDER BY p.created_at`,
    [JSON.stringify(asked)],
  );
  const [first] = known;
  if (first) refuse(known.filter(({ askedId }) => askedId === first.askedId).map(({ id }) => id));
  const before = new Map<string, string>();
  for (const { id, kind, municipalityIds } of asked) {
    const pair = [kind, ...municipalityIds].join();
    const same = before.get(pair);
    if (same !== undefined) refuse([same]);
    before.set(pair, id);
  }
}

function refuse(partnershipIds: readonly string[]): never {
  throw new AppError('PARTNERSHIP_DUPLICATE_LIKELY', { partnershipIds: partnershipIds.slice(0, LIKELY_SHOWN) });
}
