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
import { type Doing, ExpertRequest, type ExpertRequestContent } from './expert-request.entity';
import { selectedMessage } from './expert-request.messages';
import { ExpertRequestReader } from './expert-request.reader';
import { SelectionConfig } from './selection-config';
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
    readonly config: SelectionConfig,
  ) {}

  @Handle(createExpertRequest)
  create(request: RequestOf<typeof createExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), ...given } = request;
      const content = { preferredInstrument: null, numberOfExperts: null, ...contentOf(given) } as ExpertRequestContent;
      await this.refuseParticipants(tx, content, call);
      const draft = ExpertRequest.draft({ id, by: call.caller.subject, at: this.clock.now(), content });
      await tx.insert(draft);
      return this.view(draft, { tx, call });
    });
  }

  @act(changeExpertRequest, { possible: (request) => request.assertCanChange() })
  async change(
    request: ExpertRequest,
    { expertRequestId, reason, ...given }: RequestOf<typeof changeExpertRequest>,
    { tx, call }: Act,
  ): Promise<void> {
    const signatures = await this.signatures.of(tx, expertRequestId);
    request.change(contentOf(given), { ...this.doing(call), reason, signatures });
    await this.refuseParticipants(tx, request, call);
    await this.signatures.drop(tx, expertRequestId);
  }

  @act(signExpertRequest, { possible: (request) => request.assertCanSign() })
  async sign(request: ExpertRequest, _: RequestOf<typeof signExpertRequest>, { tx, call }: Act): Promise<void> {
    const { municipalityId, roles, subject } = call.caller;
    // An own scope without municipality sees no request, so it never comes here.
    assert(municipalityId, 'a municipality user without municipality passed the scope');
    const signedAt = this.clock.now();
    const signatures = request.sign(
      { municipalityId, side: roles.includes('municipality-de') ? 'DE' : 'PARTNER', at: signedAt },
      {
        participants: await participantsOf(tx, request.partnershipIds),
        signatures: await this.signatures.of(tx, request.id),
      },
    );
    await this.signatures.add(tx, request.id, { signatures, signedBy: subject, signedAt });
  }

  @act(checkExpertRequest, {
    possible: (request) => request.assertCanBecome('FORMAL_CHECK', 'ASSESSMENT', 'RETURNED', 'REJECTED'),
  })
  check(request: ExpertRequest, { outcome, note, reason }: RequestOf<typeof checkExpertRequest>, { call }: Act): void {
    request.recordFormalCheck(outcome, { ...this.doing(call), note, reason });
  }

  @act(recommendExpertRequest, { possible: (request, { caller }) => request.assertCanRecommend(caller.subject) })
  recommend(
    request: ExpertRequest,
    { outcome, instrument, note }: RequestOf<typeof recommendExpertRequest>,
    { call }: Act,
  ): void {
    request.recommend({ ...this.doing(call), outcome, instrument, note });
  }

  @act(selectExpertRequest, {
    possible: (request, { caller }, self: ExpertRequestService) =>
      request.assertCanSelect(caller.subject, self.config.byOnePerson),
    message: (request, { outcome }) => (outcome === 'SELECTED' ? selectedMessage(request) : undefined),
  })
  select(
    request: ExpertRequest,
    { outcome, note, reason }: RequestOf<typeof selectExpertRequest>,
    { call }: Act,
  ): void {
    request.select(outcome, { ...this.doing(call), note, reason });
  }

  @act(withdrawExpertRequest, { possible: (request) => request.assertCanBecome('WITHDRAWN') })
  withdraw(request: ExpertRequest, { note }: RequestOf<typeof withdrawExpertRequest>): void {
    request.withdraw({ at: this.clock.now(), note });
  }

  view({ id }: ExpertRequest, { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<ExpertRequestView> {
    return this.reader.within(tx, id, call);
  }

  private doing(call: Call): Doing {
    return { by: call.caller.subject, at: this.clock.now() };
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
