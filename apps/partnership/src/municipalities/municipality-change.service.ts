import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  addMunicipalityIdentifier,
  correctMunicipality,
  declareSuccession,
  endMunicipalityIdentifier,
  type MunicipalityView,
} from '#contracts/partnership';
import { type Act, Outbox } from '#messaging';
import { type Call, Clock } from '#platform';
import { ParticipantService } from '../partnerships/participant.service';
import { ProjectOwnerService } from '../projects/project-owner.service';
import { act } from './municipality.act';
import { checkAdded, Municipality } from './municipality.entity';
import {
  municipalityRecordedMessage,
  type MunicipalityRow,
  municipalitySelect,
  municipalityView,
} from './municipality.messages';
import { insertIdentifiers, keepChange, refuseTaken } from './municipality.rows';
import { SuccessionService } from './succession.service';

const current = { possible: (municipality: Municipality) => municipality.assertCurrent() };

/** Corrections, identifiers and successions; partnerships and the copies of other services follow each of them. */
@Injectable()
export class MunicipalityChangeService {
  constructor(
    private readonly outbox: Outbox,
    private readonly participants: ParticipantService,
    private readonly projects: ProjectOwnerService,
    private readonly successions: SuccessionService,
    private readonly clock: Clock,
  ) {}

  @act(correctMunicipality, { possible: (municipality) => municipality.assertCorrectable() })
  async correct(municipality: Municipality, request: RequestOf<typeof correctMunicipality>, act: Act): Promise<void> {
    const { municipalityId: _, reason, ...correction } = request;
    const before = shown(municipality);
    municipality.correct(correction, this.clock.now());
    await act.tx.update(municipality);
    await this.keep(municipality, { kind: 'CORRECTED', reason, before, after: shown(municipality) }, act);
    await this.participants.tellAgain(municipality.id, act);
  }

  @act(addMunicipalityIdentifier, current)
  async addIdentifier(
    municipality: Municipality,
    { identifier, reason }: RequestOf<typeof addMunicipalityIdentifier>,
    act: Act,
  ): Promise<void> {
    checkAdded(identifier, municipality);
    await refuseTaken(act.tx, [identifier]);
    await insertIdentifiers(act.tx, [{ ...identifier, municipalityId: municipality.id }]);
    municipality.updatedAt = this.clock.now();
    await this.keep(municipality, { kind: 'IDENTIFIER_ADDED', reason, after: identifier }, act);
  }

  @act(endMunicipalityIdentifier, current)
  async endIdentifier(
    municipality: Municipality,
    { scheme, value, on, reason }: RequestOf<typeof endMunicipalityIdentifier>,
    act: Act,
  ): Promise<void> {
    const ended = await act.tx.query(
      `UPDATE municipality_identifier SET valid_to = $4
       WHERE municipality_id = $1 AND scheme = $2 AND value = $3 AND coalesce(valid_from, '-infinity') < $4
         AND coalesce(valid_to, 'infinity') > $4 RETURNING value`,
      [municipality.id, scheme, value, on],
    );
    if (ended.length === 0) {
      const code = 'PARTNERSHIP_IDENTIFIER_NOT_VALID';
      const detail = 'no period of this identifier can end on that day';
      throw new AppError(code, undefined, { errors: [{ pointer: '#/on', code, detail }] });
    }
    municipality.updatedAt = this.clock.now();
    await this.keep(municipality, { kind: 'IDENTIFIER_ENDED', reason, after: { scheme, value, on } }, act);
  }

  @act(declareSuccession, current)
  async succeed(municipality: Municipality, request: RequestOf<typeof declareSuccession>, act: Act): Promise<void> {
    const before = shown(municipality);
    const heirs = await this.successions.declare(municipality, request, act);
    await act.tx.update(municipality);
    const { kind, reason, on } = request;
    const after = { ...shown(municipality), kind, on, heirs };
    await this.keep(municipality, { kind: 'SUCCEEDED', reason, before, after }, act);
    const [heir] = heirs;
    await this.participants.tellAgain(municipality.id, act);
    if (heir === undefined) return;
    const passing = { from: municipality.id, to: heir };
    const partnershipIds = await this.participants.handOver(passing, act);
    await this.projects.passOn({ ...passing, on, partnershipIds }, act);
  }

  /** Answers the present state, and publishes it. */
  async view({ id }: Municipality, { tx }: Pick<Act, 'tx'>): Promise<MunicipalityView> {
    const [row] = await tx.query<MunicipalityRow>(`${municipalitySelect} WHERE m.id = $1`, [id]);
    assert(row, 'a municipality that was just written is gone');
    const view = municipalityView(row);
    this.outbox.append(tx, municipalityRecordedMessage(view));
    return view;
  }

  private keep({ id }: Municipality, change: Change, { tx, call }: { tx: Act['tx']; call: Call }): Promise<void> {
    return keepChange(tx, { municipalityId: id, ...change, by: call.caller.subject, at: this.clock.now() });
  }
}

interface Change {
  readonly kind: string;
  readonly reason: string;
  readonly before?: object;
  readonly after?: object;
}

function shown(municipality: Municipality): object {
  const { name, nameLocal, nameLatin, country, kind, population, populationOn, registerKey } = municipality;
  const { longitude, latitude } = municipality;
  return { name, nameLocal, nameLatin, country, kind, population, populationOn, registerKey, longitude, latitude };
}
