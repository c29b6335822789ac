import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf, type storeUploadPart, type UploadReference } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, RecurringTask } from '#messaging';
import { type Call, Clock } from '#platform';

/** Files of one person that wait for their import. */
const WAITING_MAX = 5;
const KEEP_MS = 3_600_000;
const FORGET_EVERY_MS = 60_000;

/**
 * Keeps files that are larger than a request, in parts, until an import has used them. Only who stored a part
 * can read it, and a file whose parts, size or sha256 are not those announced is refused: FINANCE_UPLOAD_INCOMPLETE.
 */
@Injectable()
export class UploadService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RecurringTask('forget unused uploads', {
    intervalMs: FORGET_EVERY_MS,
    work: () => this.forgetUnused(),
  });

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  store(request: RequestOf<typeof storeUploadPart>, call: Call): Promise<ReplyOf<typeof storeUploadPart>> {
    const { uploadId, number } = request;
    const owner = call.caller.subject;
    const content = Buffer.from(request.content, 'base64');
    return this.commands.run(call, async (tx) => {
      if (number === 1) await assertFewWaiting(tx, { uploadId, owner });
      const stored = await tx.query(
        `INSERT INTO upload_part AS p (upload_id, number, owner, content, stored_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (upload_id, number) DO UPDATE SET content = excluded.content, stored_at = excluded.stored_at
           WHERE p.owner = excluded.owner RETURNING 1`,
        [uploadId, number, owner, content, this.clock.now()],
      );
      if (stored.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      return { id: uploadId, version: 1, number, bytes: content.length };
    });
  }

  /** Gives the file to the import and forgets it then, also when the import refused it: it would be refused again. */
  async use<T>(upload: UploadReference, owner: string, work: (file: AsyncIterable<Buffer>) => Promise<T>): Promise<T> {
    try {
      return await work(this.read(upload, owner));
    } finally {
      await this.forget(upload.id, owner);
    }
  }

  /** The bytes of the file, one part in memory at a time. They are proven to be the announced ones only at the end. */
  private async *read(upload: UploadReference, owner: string): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let bytes = 0;
    for (let number = 1; number <= upload.parts; number++) {
      const [part] = await this.database.query<{ content: Buffer }>(
        'SELECT content FROM upload_part WHERE upload_id = $1 AND number = $2 AND owner = $3',
        [upload.id, number, owner],
      );
      if (!part) throw new AppError('FINANCE_UPLOAD_INCOMPLETE', { missingPart: number });
      hash.update(part.content);
      bytes += part.content.length;
      yield part.content;
    }
    if (bytes !== upload.bytes || hash.digest('hex') !== upload.sha256) {
      throw new AppError('FINANCE_UPLOAD_INCOMPLETE', { bytes, announcedBytes: upload.bytes });
    }
  }

  private async forget(uploadId: string, owner: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM upload_part WHERE upload_id = $1 AND owner = $2', [uploadId, owner]);
    });
  }

  async forgetUnused(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = new Date(this.clock.now().getTime() - KEEP_MS);
      await tx.query('DELETE FROM upload_part WHERE stored_at < $1', [before]);
    });
  }
}

async function assertFewWaiting(tx: Tx, { uploadId, owner }: { uploadId: string; owner: string }): Promise<void> {
  const [row] = await tx.query<{ waiting: number }>(
    'SELECT count(*)::int AS waiting FROM upload_part WHERE owner = $1 AND number = 1 AND upload_id <> $2',
    [owner, uploadId],
  );
  if ((row?.waiting ?? 0) >= WAITING_MAX)
    throw new AppError('FINANCE_UPLOAD_LIMIT_REACHED', { waitingMax: WAITING_MAX });
}
