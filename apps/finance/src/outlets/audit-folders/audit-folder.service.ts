import { Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf } from '#contracts';
import { type AuditFolderView, getAuditFolderFile, makeAuditFolder } from '#contracts/finance';
import { Database } from '#database';
import { Commands, Recurring } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { zipOf } from '../exports/zip-parts';
import { sha256 } from './folder-file';
import { FolderComposer } from './folder-composer.service';

/** In base64 and with what stands beside it a part fits one answer. */
const PART_BYTES = 700_000;
const KEEP_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 60_000;

/**
 * Audit folders: made as a whole from one state of the data, kept in parts for a day and handed out to who had it made. That somebody
 * had one made stands in the audit trail.
 */
@Injectable()
export class AuditFolderService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly composer: FolderComposer,
    private readonly clock: Clock,
  ) {}

  @Handle(makeAuditFolder)
  async make({ subject }: RequestOf<typeof makeAuditFolder>, call: Call): Promise<AuditFolderView> {
    const { name, files, isSigned } = await this.composer.compose(subject, call.caller.subject);
    const zip = zipOf(files.map(({ path, content }) => [path, content]));
    return this.commands.run(call, async (tx) => {
      const id = newId();
      const madeAt = this.clock.now();
      const fileName = `${name}.zip`;
      await tx.execute('INSERT INTO audit_folder (id, owner, file_name, made_at) VALUES ($1, $2, $3, $4)', [
        ...[id, call.caller.subject, fileName, madeAt],
      ]);
      for (let number = 0; number * PART_BYTES < zip.length; number += 1) {
        const part = zip.subarray(number * PART_BYTES, (number + 1) * PART_BYTES);
        await tx.execute('INSERT INTO audit_folder_part (audit_folder_id, number, content) VALUES ($1, $2, $3)', [
          ...[id, number, part],
        ]);
      }
      return {
        id,
        fileName,
        files: files.length,
        bytes: zip.length,
        sha256: sha256(zip),
        isSigned,
        madeAt: madeAt.toISOString(),
        keptUntil: new Date(madeAt.getTime() + KEEP_MS).toISOString(),
      };
    });
  }

  @Handle(getAuditFolderFile)
  async file(
    { auditFolderId, offset }: RequestOf<typeof getAuditFolderFile>,
    call: Call,
  ): Promise<ReplyOf<typeof getAuditFolderFile>> {
    const [row] = await this.database.query<{ fileName: string; content: Buffer; last: number }>(
      `SELECT f.file_name, p.content, (SELECT max(number) FROM audit_folder_part l WHERE l.audit_folder_id = f.id) AS last
       FROM audit_folder f JOIN audit_folder_part p ON p.audit_folder_id = f.id
       WHERE f.id = $1 AND f.owner = $2 AND p.number = $3`,
      [auditFolderId, call.caller.subject, offset],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return {
      mediaType: 'application/zip',
      fileName: row.fileName,
      encoding: 'base64',
      body: row.content.toString('base64'),
      nextOffset: offset < row.last ? offset + 1 : null,
    };
  }

  @Recurring({ name: 'forget audit folders', intervalMs: FORGET_EVERY_MS })
  async forget(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM audit_folder WHERE made_at < $1', [new Date(this.clock.now().getTime() - KEEP_MS)]);
    });
  }
}
