import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import type { EligibilityCheck } from '#contracts/partnership';
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
import { plausibleDays, refuseFar } from '../plausible-days.reader';
import { ineligible, isCleared } from '../eligibility/eligibility-check';
import { EligibilityService } from '../eligibility/eligibility.service';
import { participantsOf } from '../participants.rows';
import { act, INVITATION_OWNERSHIP } from './expert-request.act';
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
    private readonly eligibility: EligibilityService,
  ) {}

  @Handle(createExpertRequest)
  create(request: RequestOf<typeof createExpertRequest>, call: Call): Promise<ExpertRequestView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), ...given } = request;
      const content = { preferredInstrument: null, numberOfExperts: null, ...contentOf(given) } as ExpertRequestContent;
      await this.refuseFarPeriod(tx, content);
      const draft = ExpertRequest.draft({ id, by: call.caller.subject, at: this.clock.now(), content });
      draft.invitedPartnershipIds = await this.invitedBy(call, content, { tx, joined: [] });
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
    const joined = request.joinedPartnershipIds;
    request.change(contentOf(given), { ...this.doing(call), reason, signatures });
    request.invitedPartnershipIds = await this.invitedBy(call, request, { tx, joined });
    await this.refuseFarPeriod(tx, request);
    await this.signatures.drop(tx, expertRequestId);
  }

  @act(signExpertRequest, { ownership: INVITATION_OWNERSHIP, possible: (request) => request.assertCanSign() })
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
    outside: (self: ExpertRequestService, request, call) => self.selectionCheck(request, call),
    possible: (request, { caller }, self: ExpertRequestService) =>
      request.assertCanSelect(caller.subject, self.config.byOnePerson),
    message: (request, { outcome }) => (outcome === 'SELECTED' ? selectedMessage(request) : undefined),
  })
  select(
    request: ExpertRequest,
    { outcome, note, reason }: RequestOf<typeof selectExpertRequest>,
    { call, outside: check }: Act<EligibilityCheck | undefined>,
  ): void {
    request.select(outcome, { ...this.doing(call), note, reason });
    if (outcome === 'SELECTED') request.noteEligibility(check);
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
   * None when nobody is selected, or the selection is going to be refused or answered from its idempotency key. Who may not select
   * is told so before anything is asked, so no evidence is written in that name.
   */
  private async selectionCheck(
    { expertRequestId, outcome, overrideReason, overrideReference }: RequestOf<typeof selectExpertRequest>,
    call: Call,
  ): Promise<EligibilityCheck | undefined> {
    if (outcome !== 'SELECTED') return undefined;
    const request = await this.reader.find(expertRequestId);
    if (request.version !== call.expectedVersion) return undefined;
    request.assertCanSelect(call.caller.subject, this.config.byOnePerson);
    // One that was not recommended can be declined, so what may be done with it does not tell yet.
    request.assertCanBecome('SELECTED');
    const { partnershipIds, placeOfWorkMunicipalityId } = request;
    const question = { step: 'SELECTION' as const, partnershipIds, placeOfWorkMunicipalityId };
    const check = await this.eligibility.check({ ...question, overrideReason, overrideReference }, call);
    if (!isCleared(check)) throw ineligible('STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE', check);
    return check;
  }

  /**
   * The named partnerships that have to join. The fund's own people name those that there are. A municipality names its own, at
   * least one; any other id is an invitation, whether it leads anywhere or not: the answer must not tell which partnerships there
   * are. The place of work belongs to the partner side of one of them; it may lie with those who are invited, and is then asked
   * about when they have signed.
   */
  private async invitedBy(
    { scope, caller }: Call,
    { partnershipIds, placeOfWorkMunicipalityId: place }: ExpertRequestContent,
    { tx, joined }: { tx: Tx; joined: readonly string[] },
  ): Promise<string[]> {
    const participants = await participantsOf(tx, partnershipIds);
    const known = new Set(participants.map(({ partnershipId }) => partnershipId));
    const own = participants.filter(({ municipalityId }) => municipalityId === caller.municipalityId);
    if (scope === 'own' && own.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const unknown = partnershipIds.filter((id) => !known.has(id));
    if (scope === 'any' && unknown.length > 0) {
      throw new AppError('STAFFING_PARTNERSHIP_NOT_KNOWN', { partnershipIds: unknown });
    }
    const asking = scope === 'any' ? known : new Set([...joined, ...own.map(({ partnershipId }) => partnershipId)]);
    const invited = partnershipIds.filter((id) => !asking.has(id));
    const isPlaceOnPartnerSide = participants.some(
      ({ partnershipId, municipalityId, side }) =>
        asking.has(partnershipId) && side === 'PARTNER' && municipalityId === place,
    );
    if (!isPlaceOnPartnerSide && invited.length === 0) {
      throw new AppError('STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING');
    }
    return invited;
  }

  private async refuseFarPeriod(
    tx: Tx,
    { desiredFrom, desiredTo }: Pick<ExpertRequestContent, 'desiredFrom' | 'desiredTo'>,
  ): Promise<void> {
    const today = this.clock.today();
    const { startYearsMax: yearsMax } = await plausibleDays(tx, today);
    for (const [member, day] of Object.entries({ from: desiredFrom, to: desiredTo })) {
      const pointer = `#/desiredPeriod/${member}`;
      refuseFar('STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE', { day, pointer }, { today, yearsMax });
    }
  }
}

function contentOf({ desiredPeriod, ...rest }: ContentRequest): Partial<ExpertRequestContent> {
  return { ...rest, ...(desiredPeriod && { desiredFrom: desiredPeriod.from, desiredTo: desiredPeriod.to }) };
}
