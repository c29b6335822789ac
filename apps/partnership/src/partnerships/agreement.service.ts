import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type AgreementView, getAgreement, listAgreements, recordAgreement } from '#contracts/partnership';
import { Database } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Agreement } from './agreement.entity';
import { agreementSelect, agreementView } from './agreement.messages';
import { ParticipationReader } from './participation.reader';
import { Partnership } from './partnership.entity';

/** Keeps the signed documents of partnerships. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly participation: ParticipationReader,
  ) {}

  @Handle(recordAgreement)
  record(request: RequestOf<typeof recordAgreement>, call: Call): Promise<AgreementView> {
    return this.commands.run(call, async (tx) => {
      // Locked, so that an activation that runs at the same time sees the agreement or waits for it.
      await tx.lockOrFail(Partnership, request.partnershipId);
      const recorded = await tx.query<{ id: string }>(
        'SELECT id FROM agreement WHERE partnership_id = $1 AND document_sha256 = $2',
        [request.partnershipId, request.documentSha256],
      );
      if (recorded[0]) throw new AppError('PARTNERSHIP_AGREEMENT_EXISTS', { agreementId: recorded[0].id });
      const moment = { by: call.caller.subject, at: this.clock.now(), today: this.clock.today() };
      const agreement = Agreement.record({ ...request, id: newId() }, moment);
      await tx.insert(agreement);
      return agreementView(agreement);
    });
  }

  @Handle(getAgreement)
  async get({ partnershipId, agreementId }: RequestOf<typeof getAgreement>, call: Call): Promise<AgreementView> {
    await this.participation.assertVisible(partnershipId, call);
    const [agreement] = await this.database.query<Agreement>(
      `${agreementSelect} WHERE a.id = $1 AND a.partnership_id = $2`,
      [agreementId, partnershipId],
    );
    if (!agreement) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return agreementView(agreement);
  }

  @Handle(listAgreements)
  async list(
    { partnershipId, limit, cursor }: RequestOf<typeof listAgreements>,
    call: Call,
  ): Promise<Page<AgreementView>> {
    await this.participation.assertVisible(partnershipId, call);
    return this.database.page<Agreement, AgreementView>({
      select: agreementSelect,
      where: ['a.partnership_id = $1'],
      parameters: [partnershipId],
      sort: [{ key: 'signedOn', column: 'a.signed_on', type: 'date' }],
      idColumn: 'a.id',
      limit,
      cursor,
      filterHash: { partnershipId },
      items: (rows) => rows.map(agreementView),
    });
  }
}
