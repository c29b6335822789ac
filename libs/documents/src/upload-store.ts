import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type ErrorCode, type uploadPart, type UploadReference } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, Recurring } from '#messaging';
import { type Call, Clock } from '#platform';
import type { z } from 'zod';

/** Files of one person that wait to be used. */
const WAITING_MAX = 5;
/** An upload that has got no part for so long gives way to a new one of its owner: its sender is gone. */
const IDLE_MS = 60_000;
const KEEP_MS = 3_600_000;
const FORGET_EVERY_MS = 60_000;

/** Injectable: what a service calls its refusals of uploads. */
export class UploadRefusals {
  /** Parts, size or sha256 are not those that were announced. */
  readonly incomplete: ErrorCode;
  /** More files of one person wait than are kept. */
  readonly limitReached: ErrorCode;
  /** A part was left out. */
  readonly partUnexpected: ErrorCode;

  constructor({ incomplete, limitReached, partUnexpected }: UploadRefusals) {
    this.incomplete = incomplete;
    this.limitReached = limitReached;
    this.partUnexpected = partUnexpected;
  }
}

/**
 * Keeps files that are larger than a request, in parts in the schema of the service, until something has used them. Only who stored
 * a part can read it. Parts come one after the other from number 1, number 1 begins the file anew, and a file whose parts, size or
 * sha256 are not those announced is refused (UploadRefusals).
 */
@Injectable()
export class UploadStore {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly refusals: UploadRefusals,
  ) {}

  store(request: z.output<typeof uploadPart.request>, call: Call): Promise<z.output<typeof uploadPart.reply>> {
    const { uploadId, number } = request;
    const owner = call.caller.subject;
    const content = Buffer.from(request.content, 'base64');
    return this.commands.run(call, async (tx) => {
      // The parts of one person one by one: what is counted must not change meanwhile.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.upload.' || $1, 0))`, [
        owner,
      ]);
      if (number === 1) await this.begin(tx, { uploadId, owner });
      else await this.assertNext(tx, { uploadId, owner, number });
      const stored = await tx.execute(
        `INSERT INTO upload_part AS p (upload_id, number, owner, content, stored_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (upload_id, number) DO UPDATE SET content = excluded.content, stored_at = excluded.stored_at
           WHERE p.owner = excluded.owner`,
        [uploadId, number, owner, content, this.clock.now()],
      );
      if (stored !== 1) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      return { id: uploadId, version: 1, number, bytes: content.length };
    });
  }

  /** Makes room where the owner's other uploads have died. What the same upload left before is replaced part by part. */
  private async begin(tx: Tx, { uploadId, owner }: { uploadId: string; owner: string }): Promise<void> {
    const waiting = await tx.query<{ id: string; storedAt: Date }>(
      `SELECT upload_id AS id, max(stored_at) AS stored_at FROM upload_part WHERE owner = $1 AND upload_id <> $2
       GROUP BY upload_id ORDER BY max(stored_at) DESC`,
      [owner, uploadId],
    );
    const surplus = waiting.slice(WAITING_MAX - 1);
    const idleSince = this.clock.now().getTime() - IDLE_MS;
    if (surplus.some(({ storedAt }) => storedAt.getTime() > idleSince)) {
      const details = { waitingMax: WAITING_MAX, retryAfterSeconds: IDLE_MS / 1000 };
      throw new AppError(this.refusals.limitReached, details);
    }
    const ids = surplus.map(({ id }) => id);
    await tx.execute('DELETE FROM upload_part WHERE owner = $1 AND upload_id = ANY ($2::uuid[])', [owner, ids]);
  }

  /** Gives the file to what uses it and forgets it then, also when it was refused: it would be refused again. */
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
      if (!part) throw new AppError(this.refusals.incomplete, { missingPart: number });
      hash.update(part.content);
      bytes += part.content.length;
      yield part.content;
    }
    if (bytes !== upload.bytes || hash.digest('hex') !== upload.sha256) {
      throw new AppError(this.refusals.incomplete, { bytes, announcedBytes: upload.bytes });
    }
  }

  private async forget(uploadId: string, owner: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM upload_part WHERE upload_id = $1 AND owner = $2', [uploadId, owner]);
    });
  }

  @Recurring({ name: 'forget unused uploads', intervalMs: FORGET_EVERY_MS })
  async forgetUnused(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = new Date(this.clock.now().getTime() - KEEP_MS);
      await tx.query('DELETE FROM upload_part WHERE stored_at < $1', [before]);
    });
  }

  /** A part may come again, but none is left out. */
  private async assertNext(
    tx: Tx,
    { uploadId, owner, number }: { uploadId: string; owner: string; number: number },
  ): Promise<void> {
    const [row] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(number), 0) + 1 AS next FROM upload_part WHERE upload_id = $1 AND owner = $2',
      [uploadId, owner],
    );
    const next = row?.next ?? 1;
    if (number > next) throw new AppError(this.refusals.partUnexpected, { number, next });
  }
}
