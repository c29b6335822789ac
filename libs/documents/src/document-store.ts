import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type DocumentMediaType, type DocumentView, FILE_PART_BYTES } from '#contracts';
import { type Columns, Database, entityColumns, type Ownership, type Tx, visibleTo } from '#database';
import { Recurring } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { Document } from './document.entity';
import { DocumentScanner } from './document-scanner';
import { mediaTypeOf } from './media-type';
import { ObjectStore } from './object-store';

const FORGET_EVERY_MS = 60_000;
const KEEP_UNUSED_MS = 24 * 3_600_000;
const FORGET_AT_ONCE = 200;

/** A file that may be kept: it is one of the kinds that are taken, and nobody found anything bad in it. */
export interface CheckedFile {
  readonly fileName: string;
  readonly content: Buffer;
  readonly mediaType: DocumentMediaType;
  readonly sha256: string;
}

/** What is shown of a document beside what names it. */
export type DocumentName = Pick<DocumentView, 'id' | 'fileName' | 'mediaType' | 'sha256'>;

export interface FilePart {
  readonly mediaType: DocumentMediaType;
  readonly fileName: string;
  readonly encoding: 'base64';
  readonly body: string;
  readonly nextOffset: number | null;
}

/** Who may read a document with the scope `own`: who gave it in, and the others of the same municipality. */
const OWNERSHIP: Ownership = {
  from: 'document d',
  id: 'd.id',
  bonds: { municipalityId: 'd.municipality_id = ?', expertId: 'd.expert_id = ?' },
};

/**
 * Keeps documents in the schema of the service: the bytes once by their sha256 (or in an object store), each giving-in as a record of its
 * own. What is
 * neither PDF, XML, JPEG nor PNG by its bytes is refused (PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED), as is what the scanner finds bad. A
 * document that nothing names within a day is forgotten; one that is used stays as long as what uses it.
 */
@Injectable()
export class DocumentStore {
  constructor(
    private readonly database: Database,
    private readonly scanner: DocumentScanner,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at a file; outside of any transaction, as a scanner takes its time. What will lie outside of the database is noted first: should
   * it be stored and not kept after all, the note says what to remove.
   */
  async check(fileName: string, content: Buffer): Promise<CheckedFile> {
    const mediaType = mediaTypeOf(content);
    if (mediaType === undefined) throw new AppError('PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED', { fileName });
    await this.scanner.scan(content);
    const file = { fileName, content, mediaType, sha256: createHash('sha256').update(content).digest('hex') };
    if (this.objects.isConfigured) await this.database.transaction((tx) => this.note(tx, file));
    return file;
  }

  /** Locks what is there already: else it could be forgotten before a document names it. Answers whether the bytes belong outside. */
  private async note(tx: Tx, { sha256, content }: CheckedFile): Promise<boolean> {
    const [noted] = await tx.query<{ isOutside: boolean }>(
      `INSERT INTO document_content (sha256, content, kept_at) VALUES ($1, $2, $3)
       ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at RETURNING content IS NULL AS is_outside`,
      [sha256, this.objects.isConfigured ? null : content, this.clock.now()],
    );
    return noted?.isOutside === true;
  }

  async keep(tx: Tx, file: CheckedFile, { caller }: Pick<Call, 'caller'>): Promise<Document> {
    // While the note is locked: nobody removes what is stored now.
    if (await this.note(tx, file)) await this.objects.put(file.sha256, file.content);
    const document = Object.assign(new Document(), {
      id: newId(),
      version: 1,
      fileName: file.fileName,
      mediaType: file.mediaType,
      bytes: file.content.length,
      sha256: file.sha256,
      keptBy: caller.subject,
      keptAt: this.clock.now(),
      municipalityId: caller.municipalityId ?? null,
      expertId: caller.expertId ?? null,
      usedBy: null,
    });
    await tx.insert(document);
    return document;
  }

  /**
   * Takes a document for what names it from now on. PLATFORM_DOCUMENT_UNKNOWN where the caller could not read it, and
   * PLATFORM_DOCUMENT_IN_USE where something else names it already: a receipt belongs to one thing.
   */
  async use(tx: Tx, documentId: string, usedBy: string, call: Call): Promise<Document> {
    const parameters: unknown[] = [documentId];
    const where = ['d.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await tx.query<{ id: string }>(`SELECT d.id FROM document d WHERE (${where})`, parameters);
    if (!row) throw new AppError('PLATFORM_DOCUMENT_UNKNOWN', { documentId });
    const document = await tx.lockOrFail(Document, documentId);
    if (document.usedBy === usedBy) return document;
    if (document.usedBy !== null) throw new AppError('PLATFORM_DOCUMENT_IN_USE', { documentId });
    document.usedBy = usedBy;
    await tx.update(document);
    return document;
  }

  /** A document that the caller may read. */
  async find(documentId: string, call: Call): Promise<Columns<Document>> {
    const parameters: unknown[] = [documentId];
    const row = await this.row(parameters, ['d.id = $1', ...visibleTo(call, OWNERSHIP, parameters)]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return row;
  }

  private async row(parameters: readonly unknown[], where: readonly string[]): Promise<Columns<Document> | undefined> {
    const [row] = await this.database.query<Columns<Document>>(
      `SELECT ${entityColumns(this.database, Document, 'd')} FROM ${OWNERSHIP.from} WHERE (${where.join(') AND (')})`,
      [...parameters],
    );
    return row;
  }

  /** A document that the caller may name; PLATFORM_DOCUMENT_UNKNOWN for any other. */
  async findToUse(documentId: string, call: Call): Promise<Columns<Document>> {
    const parameters: unknown[] = [documentId];
    const row = await this.row(parameters, ['d.id = $1', ...visibleTo(call, OWNERSHIP, parameters)]);
    if (!row) throw new AppError('PLATFORM_DOCUMENT_UNKNOWN', { documentId });
    return row;
  }

  /** What is shown of documents beside what names them, by their ids. */
  async named(ids: readonly string[]): Promise<Map<string, DocumentName>> {
    const rows = await this.database.query<DocumentName>(
      'SELECT id, file_name, media_type, sha256 FROM document WHERE id = ANY ($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The bytes of a document from an offset on, as much as fits one answer. */
  async part(documentId: string, offset: number, call: Call): Promise<FilePart> {
    return this.partOf(await this.find(documentId, call), offset);
  }

  /** The same for whoever may read what names it, which the caller has asked: the right to a file is that to the thing it belongs to. */
  async partUsedBy(usedBy: string, documentId: string, offset: number): Promise<FilePart> {
    const row = await this.row([documentId, usedBy], ['d.id = $1', 'd.used_by = $2']);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return this.partOf(row, offset);
  }

  private async partOf({ sha256, mediaType, fileName, bytes }: Columns<Document>, offset: number): Promise<FilePart> {
    const body = await this.bytes(sha256, offset);
    const end = offset + body.length;
    const nextOffset = body.length > 0 && end < bytes ? end : null;
    return { mediaType, fileName, encoding: 'base64', body: body.toString('base64'), nextOffset };
  }

  /** All bytes of a document, part by part. */
  async *read({ sha256, bytes }: Pick<Document, 'sha256' | 'bytes'>): AsyncGenerator<Buffer> {
    for (let offset = 0; offset < bytes; offset += FILE_PART_BYTES) yield await this.bytes(sha256, offset);
  }

  private async bytes(sha256: string, offset: number): Promise<Buffer> {
    const [row] = await this.database.query<{ part: Buffer | null }>(
      `SELECT substring(content FROM $2::int + 1 FOR ${FILE_PART_BYTES}) AS part FROM document_content WHERE sha256 = $1`,
      [sha256, offset],
    );
    if (row?.part === null) return this.objects.part(sha256, offset, FILE_PART_BYTES);
    return row?.part ?? Buffer.alloc(0);
  }

  /** What was given in and never used. The record stays in the audit trail; the bytes go with the last document that has them. */
  @Recurring({ name: 'forget unused documents', intervalMs: FORGET_EVERY_MS })
  async forgetUnused(): Promise<void> {
    const before = this.limit();
    await this.database.transaction(async (tx) => {
      const forgotten = await tx.query<{ sha256: string }>(
        `DELETE FROM document WHERE id IN (SELECT id FROM document WHERE used_by IS NULL AND kept_at < $1
           ORDER BY kept_at LIMIT ${FORGET_AT_ONCE} FOR UPDATE SKIP LOCKED) RETURNING sha256`,
        [before],
      );
      await this.forgetBytes(tx, before, [...new Set(forgotten.map(({ sha256 }) => sha256))]);
    });
  }

  /** Bytes that were noted or stored, and whose document was refused after all. */
  @Recurring({ name: 'forget bytes without a document', intervalMs: FORGET_EVERY_MS })
  async forgetBytesAlone(): Promise<void> {
    const before = this.limit();
    await this.database.transaction(async (tx) => {
      const alone = await tx.query<{ sha256: string }>(
        `SELECT sha256 FROM document_content c WHERE c.kept_at < $1 AND c.content IS NULL
           AND NOT EXISTS (SELECT FROM document d WHERE d.sha256 = c.sha256) LIMIT ${FORGET_AT_ONCE}`,
        [before],
      );
      await this.forgetBytes(
        tx,
        before,
        alone.map(({ sha256 }) => sha256),
      );
    });
  }

  /** Bytes that came again meanwhile are younger than the limit, and stay with the document that is being written now. */
  private async forgetBytes(tx: Tx, before: Date, names: readonly string[]): Promise<void> {
    const gone = await tx.query<{ sha256: string; isOutside: boolean }>(
      `DELETE FROM document_content c WHERE c.sha256 = ANY ($1::text[]) AND c.kept_at < $2
         AND NOT EXISTS (SELECT FROM document d WHERE d.sha256 = c.sha256)
       RETURNING c.sha256, c.content IS NULL AS is_outside`,
      [names, before],
    );
    // While the rows are locked: who gives the same bytes in again waits, and stores them anew.
    for (const { sha256, isOutside } of gone) if (isOutside) await this.objects.remove(sha256);
  }

  private limit(): Date {
    return new Date(this.clock.now().getTime() - KEEP_UNUSED_MS);
  }
}

export function documentView(document: Columns<Document>): DocumentView {
  const { id, version, fileName, mediaType, bytes, sha256, keptBy, keptAt } = document;
  return { id, version, fileName, mediaType, bytes, sha256, keptBy, keptAt: keptAt.toISOString() };
}

export function documentName({ id, fileName, mediaType, sha256 }: Columns<Document>): DocumentName {
  return { id, fileName, mediaType, sha256 };
}
