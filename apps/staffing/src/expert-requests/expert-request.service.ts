import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  changeExpertRequest,
  checkExpertRequest,
  createExpertRequest,
  type ExpertRequestView,
  recommendExpertRequest,
  selectExpertRequest,
  signExpertRequest,
  withdrawExpertRequest,
} from '#contracts/staffing';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { participantsOf } from '../participants.rows';
import { act } from './expert-request.act';
import { ExpertRequest, type ExpertRequestContent } from './expert-request.entity';
import { selectedMessage } from './expert-request.messages';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.rows';

type ContentRequest = Partial<Omit<RequestOf<typeof createExpertRequest>, 'id'>>;

/** Use cases of the applicants and the officers up to the selection; submission and assessment stand beside it. */
@Injectable()
export class ExpertRequestService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
  ) {}

  @Handle(createExpertRequest)
  create(request: RequestOf<typeof createExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), ...given } = request;
      const content = { preferredInstrument: null, numberOfExperts: 1, ...contentOf(given) } as ExpertRequestContent;
      await this.refuseParticipants(tx, content, call);
      const draft = ExpertRequest.draft({ id, by: call.caller.subject, at: this.clock.now(), content });
      await tx.insert(draft);
      return this.view(draft, { tx, call });
    });
  }

  @act(changeExpertRequest, { possible: (request) => request.assertCanChange() })
  async change(
    request: ExpertRequest,
    { expertRequestId, ...given }: RequestOf<typeof changeExpertRequest>,
    { tx, call }: Act,
  ): Promise<void> {
    request.change(contentOf(given), await this.signatures.of(tx, expertRequestId));
    await this.refuseParticipants(tx, request, call);
    await this.signatures.drop(tx, expertRequestId);
  }

  @act(signExpertRequest, { possible: (request) => request.assertCanSign() })
  async sign(request: ExpertRequest, _: RequestOf<typeof signExpertRequest>, { tx, call }: Act): Promise<void> {
    const { municipalityId, roles, subject } = call.caller;
    // An own scope without municipality sees no request, so it never comes here.
    assert(municipalityId, 'a municipality user without municipality passed the scope');
    const signatures = request.sign(
      { municipalityId, side: roles.includes('municipality-de') ? 'DE' : 'PARTNER' },
      {
        participants: await participantsOf(tx, request.partnershipIds),
        signatures: await this.signatures.of(tx, request.id),
      },
    );
    await this.signatures.add(tx, request.id, { signatures, signedBy: subject, signedAt: this.clock.now() });
  }

  @act(checkExpertRequest, {
    possible: (request) => request.assertCanBecome('FORMAL_CHECK', 'ASSESSMENT', 'RETURNED', 'REJECTED'),
  })
  check(request: ExpertRequest, { outcome, note }: RequestOf<typeof checkExpertRequest>): void {
    request.recordFormalCheck(outcome, note);
  }

  @act(recommendExpertRequest, { possible: (request) => request.assertCanBecome('RECOMMENDED', 'NOT_RECOMMENDED') })
  async recommend(
    request: ExpertRequest,
    { outcome, instrument, note }: RequestOf<typeof recommendExpertRequest>,
    { tx }: Act,
  ): Promise<void> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM expert_request_assessment WHERE expert_request_id = $1',
      [request.id],
    );
    request.recommend({ outcome, instrument, note, assessmentCount: row?.count ?? 0 });
  }

  @act(selectExpertRequest, {
    possible: (request) => request.assertCanBecome('SELECTED', 'WAITLISTED', 'DECLINED'),
    message: (request, { outcome }) => (outcome === 'SELECTED' ? selectedMessage(request) : undefined),
  })
  select(request: ExpertRequest, { outcome, note }: RequestOf<typeof selectExpertRequest>): void {
    request.select(outcome, note);
  }

  @act(withdrawExpertRequest, { possible: (request) => request.assertCanBecome('WITHDRAWN') })
  withdraw(request: ExpertRequest, { note }: RequestOf<typeof withdrawExpertRequest>): void {
    request.withdraw(note);
  }

  view({ id }: ExpertRequest, { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<ExpertRequestView> {
    return this.reader.within(tx, id, call);
  }

  /**
   * Each partnership is known, the caller takes part in at least one when the scope is `own`, and the place of work belongs to
   * the partner side of one of them.
   */
  private async refuseParticipants(
    tx: Tx,
    content: Pick<ExpertRequestContent, 'partnershipIds' | 'placeOfWorkMunicipalityId'>,
    call: Call,
  ): Promise<void> {
    const participants = await participantsOf(tx, content.partnershipIds);
    const isOwn = participants.some(({ municipalityId }) => municipalityId === call.caller.municipalityId);
    if (call.scope === 'own' && !isOwn) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const unknown = content.partnershipIds.filter(
      (id) => !participants.some((participant) => participant.partnershipId === id),
    );
    if (unknown.length > 0) throw new AppError('STAFFING_PARTNERSHIP_NOT_KNOWN', { partnershipIds: unknown });
    const isPlaceOnPartnerSide = participants.some(
      ({ municipalityId, side }) => side === 'PARTNER' && municipalityId === content.placeOfWorkMunicipalityId,
    );
    if (!isPlaceOnPartnerSide) throw new AppError('STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING');
  }
}

function contentOf({ desiredPeriod, ...rest }: ContentRequest): Partial<ExpertRequestContent> {
  return { ...rest, ...(desiredPeriod && { desiredFrom: desiredPeriod.from, desiredTo: desiredPeriod.to }) };
}
