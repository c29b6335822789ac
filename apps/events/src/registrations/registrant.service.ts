import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type IncomingMessage, type RequestOf } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import type { createRegistration, RegistrantGroup } from '#contracts/events';
import type { Tx } from '#database';
import { Project } from '#messaging';
import type { Call } from '#platform';

type Registrant = Pick<RequestOf<typeof createRegistration>, 'kind' | 'group' | 'municipalityId'>;
type Side = 'DE' | 'PARTNER';
type Sides = ReadonlyMap<string, Side>;
const GROUP_OF_SIDE: Record<Side, RegistrantGroup> = { DE: 'GERMAN_SIDE', PARTNER: 'PARTNER_SIDE' };

/** Who registers for whom: checks group and municipality against the caller and the local copy of the municipalities. */
@Injectable()
export class RegistrantService {
  /** Keeps the copy: the newest version wins, so a late or repeated message changes nothing. */
  @Project(municipalityRecorded)
  async recordMunicipalities(messages: readonly IncomingMessage<typeof municipalityRecorded>[], tx: Tx): Promise<void> {
    await tx.statement(
      'municipality_copy_record',
      `INSERT INTO municipality_copy AS copy (id, version, side) SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[])
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, side = excluded.side
        WHERE excluded.version > copy.version`,
      [
        messages.map(({ data }) => data.municipalityId),
        messages.map(({ aggregateVersion }) => aggregateVersion),
        messages.map(({ data }) => data.side),
      ],
    );
  }

  /** The sides of the municipalities that calls claim, as far as they are known. */
  async sidesFor(tx: Tx, claims: readonly { readonly input: Registrant; readonly call: Call }[]): Promise<Sides> {
    const ids = claims.flatMap(({ input, call }) =>
      [input.municipalityId ?? [], call.caller.municipalityId ?? []].flat(),
    );
    if (ids.length === 0) return new Map();
    const rows = await tx.statement<{ id: string; side: Side }>(
      'municipality_copy_sides',
      'SELECT id, side FROM municipality_copy WHERE id = ANY ($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, side }) => [id, side]));
  }

  /** The municipality that the registration counts for, or null; refuses a group that is not the registrant's. */
  municipalityOf(request: Registrant, call: Call, sides: Sides): string | null {
    const municipalityId = claimedMunicipality(request, call);
    if (municipalityId === null) {
      if (request.kind === 'DELEGATION') throw new AppError('EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN');
      if (isExpert(call)) refuseGroupUnless('EXPERTS', request.group);
      return null;
    }
    const side = sides.get(municipalityId.toLowerCase());
    if (!side) throw new AppError('EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN', { municipalityId });
    refuseGroupUnless(GROUP_OF_SIDE[side], request.group);
    return municipalityId;
  }
}

function claimedMunicipality(request: Registrant, call: Call): string | null {
  if (call.scope === 'any') return request.municipalityId ?? null;
  const own = call.caller.municipalityId ?? null;
  if (request.municipalityId !== undefined && request.municipalityId !== own) {
    throw fieldError('EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN', '#/municipalityId', 'is not your own');
  }
  return own;
}

function isExpert(call: Call): boolean {
  return call.scope === 'own' && call.caller.roles.includes('expert');
}

function refuseGroupUnless(expected: RegistrantGroup, group: RegistrantGroup): void {
  if (group === expected) return;
  throw fieldError('EVENTS_REGISTRATION_GROUP_NOT_ALLOWED', '#/group', `must be ${expected}`);
}
