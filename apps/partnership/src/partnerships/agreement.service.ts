import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type AgreementView, getAgreement, listAgreements, recordAgreement } from '#contracts/partnership';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Agreement } from './agreement.entity';
import { AgreementFileService } from './agreement-file.service';
import { type AgreementRow, agreementSelect, agreementView } from './agreement.messages';
import { agreementOf, refuseKnown } from './agreement.rows';
import { ParticipationReader } from './participation.reader';
import { Partnership } from './partnership.entity';

/** Keeps the agreements of partnerships and what the councils resolved. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly participation: ParticipationReader,
    private readonly files: AgreementFileService,
  ) {}

  @Handle(recordAgreement)
  record(request: RequestOf<typeof recordAgreement>, call: Call): Promise<AgreementView> {
    const { partnershipId, documentId, council } = request;
    return this.commands.run(call, async (tx) => {
      // Locked, so that an activation that runs at the same time sees the agreement or waits for it.
      const partnership = await tx.lockOrFail(Partnership, partnershipId);
      if (council?.municipalityId) await assertParticipating(tx, partnership, council.municipalityId);
      const id = newId();
      const said = request.documentSha256 ?? null;
      const documentSha256 =
        documentId === undefined
          ? said
          : await this.files.take(tx, { agreementId: id, documentId, sha256: said }, call);
      if (documentSha256 !== null) await refuseKnown(tx, partnershipId, documentSha256);
      const moment = { by: call.caller.subject, at: this.clock.now(), today: this.clock.today() };
      await tx.insert(Agreement.record({ ...request, id, documentSha256 }, moment));
      if (documentId !== undefined) await this.files.keep(tx, { agreementId: id, documentId }, call);
      return agreementOf(tx, { partnershipId, agreementId: id });
    });
  }

  @Handle(getAgreement)
  async get({ partnershipId, agreementId }: RequestOf<typeof getAgreement>, call: Call): Promise<AgreementView> {
    await this.participation.assertVisible(partnershipId, call);
    return agreementOf(this.database, { partnershipId, agreementId });
  }

  @Handle(listAgreements)
  async list(
    { partnershipId, limit, cursor }: RequestOf<typeof listAgreements>,
    call: Call,
  ): Promise<Page<AgreementView>> {
    await this.participation.assertVisible(partnershipId, call);
    return this.database.page<AgreementRow, AgreementView>({
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

async function assertParticipating(tx: Tx, { id }: Partnership, municipalityId: string): Promise<void> {
  const [row] = await tx.query<{ partnershipId: string }>(
    'SELECT partnership_id FROM partnership_participant WHERE partnership_id = $1 AND municipality_id = $2',
    [id, municipalityId],
  );
  if (!row) throw new AppError('PARTNERSHIP_AGREEMENT_COUNCIL_FOREIGN', { municipalityId });
}
