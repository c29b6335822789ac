import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  type changeExpertRequest,
  type checkExpertRequest,
  type createExpertRequest,
  type ExpertRequestView,
  type OutgoingMessage,
  type recommendExpertRequest,
  type RequestOf,
  type selectExpertRequest,
  type signExpertRequest,
  type withdrawExpertRequest,
} from '#contracts';
import type { Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { refuseForeign } from '../object-scope';
import { participantsOf } from '../participants';
import { ExpertRequest, type ExpertRequestContent } from './expert-request.entity';
import { selectedMessage } from './expert-request.messages';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.store';

type ContentRequest = Partial<Omit<RequestOf<typeof createExpertRequest>, 'id'>>;

/** Use cases of the applicants and the officers up to the selection; submission and assessment stand beside it. */
@Injectable()
export class ExpertRequestService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
  ) {}

  create(request: RequestOf<typeof createExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), ...given } = request;
      const content = { preferredInstrument: null, ...contentOf(given) } as ExpertRequestContent;
      await this.refuseParticipants(tx, content, call);
      const draft = ExpertRequest.draft({ id, by: call.caller.subject, at: this.clock.now(), content });
      await tx.insert(draft);
      return this.reader.within(tx, id, call);
    });
  }

  change({ expertRequestId, ...given }: RequestOf<typeof changeExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.transition(expertRequestId, call, async (request, tx) => {
      request.change(contentOf(given), await this.signatures.of(tx, request.id));
      await this.refuseParticipants(tx, request, call);
      await this.signatures.drop(tx, request.id);
    });
  }

  sign({ expertRequestId }: RequestOf<typeof signExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.transition(expertRequestId, call, async (request, tx) => {
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
    });
  }

  check(
    { expertRequestId, outcome, note }: RequestOf<typeof checkExpertRequest>,
    call: Call,
  ): Promise<ExpertRequestView> {
    return this.transition(expertRequestId, call, (request) => {
      request.recordFormalCheck(outcome, note);
    });
  }

  recommend(
    { expertRequestId, outcome, instrument, note }: RequestOf<typeof recommendExpertRequest>,
    call: Call,
  ): Promise<ExpertRequestView> {
    return this.transition(expertRequestId, call, async (request, tx) => {
      const [row] = await tx.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM expert_request_assessment WHERE expert_request_id = $1',
        [request.id],
      );
      request.recommend({ outcome, instrument, note, assessmentCount: row?.count ?? 0 });
    });
  }

  select(
    { expertRequestId, outcome, note }: RequestOf<typeof selectExpertRequest>,
    call: Call,
  ): Promise<ExpertRequestView> {
    return this.transition(
      expertRequestId,
      call,
      (request) => {
        request.select(outcome, note);
      },
      outcome === 'SELECTED' ? selectedMessage : undefined,
    );
  }

  withdraw({ expertRequestId, note }: RequestOf<typeof withdrawExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.transition(expertRequestId, call, (request) => {
      request.withdraw(note);
    });
  }

  /** The path of every step: scope, lock with the expected version, the rule, the write, the view. */
  private transition(
    id: string,
    call: Call,
    step: (request: ExpertRequest, tx: Tx) => Promise<void> | void,
    message?: (request: ExpertRequest) => OutgoingMessage,
  ): Promise<ExpertRequestView> {
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, {
        from: 'expert_request',
        idColumn: 'id',
        id,
        partnershipIds: 'expert_request.partnership_ids',
      });
      const request = await tx.lockOrFail(ExpertRequest, id, call.expectedVersion);
      await step(request, tx);
      await tx.update(request);
      if (message) this.outbox.append(tx, message(request));
      return this.reader.within(tx, id, call);
    });
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
