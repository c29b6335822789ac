import { AppError } from '#contracts';
import type { FieldShare, Side } from '#contracts/partnership';
import type { Tx } from '#database';
import type { AgreementFacts } from './agreement-term';
import { checkFields, checkParticipants } from './partnership.entity';

const LIKELY_SHOWN = 20;

interface Parts {
  readonly municipalityIds: readonly string[];
  readonly fieldsOfAction: readonly FieldShare[];
}

/** Who takes part and what for, in the sequence given. */
export async function writeParts(
  tx: Tx,
  partnershipId: string,
  { municipalityIds, fieldsOfAction }: Parts,
): Promise<void> {
  await tx.query(
    `INSERT INTO partnership_participant (partnership_id, municipality_id, position)
     SELECT $1, id, position FROM unnest($2::uuid[]) WITH ORDINALITY AS listed (id, position)`,
    [partnershipId, municipalityIds],
  );
  await tx.query(
    `INSERT INTO partnership_field (partnership_id, field_key, percent, position)
     SELECT $1, key, percent, position FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS listed (key, percent, position)`,
    [partnershipId, fieldsOfAction.map(({ key }) => key), fieldsOfAction.map(({ percent }) => percent)],
  );
}

export function agreementsOf(tx: Tx, partnershipId: string): Promise<AgreementFacts[]> {
  return tx.query<AgreementFacts>('SELECT kind, valid_from, valid_to FROM agreement WHERE partnership_id = $1', [
    partnershipId,
  ]);
}

/** All municipalities are recorded and on both sides, all fields known and whole. */
export async function assertWhole(
  tx: Tx,
  municipalityIds: readonly string[],
  shares: readonly FieldShare[],
): Promise<void> {
  const found = await tx.query<{ id: string; side: Side }>('SELECT id, side FROM municipality WHERE id = ANY ($1)', [
    municipalityIds,
  ]);
  checkParticipants(municipalityIds, found);
  checkFields(shares);
}

interface Likely {
  readonly id: string;
  readonly kind: string;
  readonly municipalityIds: readonly string[];
}

/** The same municipalities, all of them and no other: a second one would be supported, counted and shown twice. */
export async function refuseDuplicate(tx: Tx, { id, kind, municipalityIds }: Likely): Promise<void> {
  const known = await tx.query<{ id: string }>(
    `SELECT p.id FROM partnership p
     WHERE p.kind = $1 AND p.status <> 'ENDED' AND p.id <> $2
       AND p.id IN (SELECT partnership_id FROM partnership_participant WHERE municipality_id = $3)
       AND (SELECT array_agg(pp.municipality_id ORDER BY pp.municipality_id) FROM partnership_participant pp
            WHERE pp.partnership_id = p.id) = (SELECT array_agg(asked ORDER BY asked) FROM unnest($4::uuid[]) AS asked)
     ORDER BY p.created_at LIMIT ${LIKELY_SHOWN}`,
    [kind, id, municipalityIds[0], municipalityIds],
  );
  if (known.length > 0)
    throw new AppError('PARTNERSHIP_DUPLICATE_LIKELY', { partnershipIds: known.map((each) => each.id) });
}
