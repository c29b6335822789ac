import { Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf } from '#contracts';
import { addAgreementFile, type AgreementView, getAgreementFile } from '#contracts/partnership';
import { Database, type Tx } from '#database';
import { DocumentStore } from '#documents';
import { Commands } from '#messaging';
import { type Call, Clock, Handle } from '#platform';
import { agreementOf, refuseKnown } from './agreement.rows';
import { ParticipationReader } from './participation.reader';
import { Partnership } from './partnership.entity';

interface Belonging {
  readonly agreementId: string;
  readonly documentId: string;
  /** What was said of the document before its file came; null: nothing. */
  readonly sha256: string | null;
}

/** Keeps the files of agreements: each agreement has one, and each file belongs to one. */
@Injectable()
export class AgreementFileService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly documents: DocumentStore,
    private readonly participation: ParticipationReader,
  ) {}

  @Handle(addAgreementFile)
  add(request: RequestOf<typeof addAgreementFile>, call: Call): Promise<AgreementView> {
    const { partnershipId, documentId } = request;
    return this.commands.run(call, async (tx) => {
      // Locked, so that of two that add a file at once the second finds that of the first.
      await tx.lockOrFail(Partnership, partnershipId);
      const { id: agreementId, file, documentSha256 } = await agreementOf(tx, request);
      if (file) throw new AppError('PARTNERSHIP_AGREEMENT_FILE_EXISTS', { documentId: file.documentId });
      const sha256 = await this.take(tx, { agreementId, documentId, sha256: documentSha256 }, call);
      if (documentSha256 === null) await refuseKnown(tx, partnershipId, sha256);
      await this.keep(tx, { agreementId, documentId }, call);
      return agreementOf(tx, request);
    });
  }

  /** Reserves a document for an agreement and answers its sha256: the one that was recorded, where one was. */
  async take(tx: Tx, { agreementId, documentId, sha256 }: Belonging, call: Call): Promise<string> {
    const document = await this.documents.use(tx, documentId, usedBy(agreementId), call);
    if (sha256 !== null && document.sha256 !== sha256) {
      throw new AppError('PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS', { recorded: sha256, given: document.sha256 });
    }
    return document.sha256;
  }

  /** After the agreement was written. */
  async keep(tx: Tx, { agreementId, documentId }: Omit<Belonging, 'sha256'>, { caller }: Call): Promise<void> {
    await tx.query(
      'INSERT INTO agreement_file (agreement_id, document_id, added_by, added_at) VALUES ($1, $2, $3, $4)',
      [agreementId, documentId, caller.subject, this.clock.now()],
    );
  }

  @Handle(getAgreementFile)
  async read(
    { partnershipId, agreementId, offset }: RequestOf<typeof getAgreementFile>,
    call: Call,
  ): Promise<ReplyOf<typeof getAgreementFile>> {
    await this.participation.assertVisible(partnershipId, call);
    const { file } = await agreementOf(this.database, { partnershipId, agreementId });
    if (!file) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return this.documents.partUsedBy(usedBy(agreementId), file.documentId, offset);
  }
}

function usedBy(agreementId: string): string {
  return `agreement ${agreementId}`;
}
