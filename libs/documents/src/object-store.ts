import { AppError, type ServiceName } from '#contracts';
import type { S3mini } from 's3mini';
import type { DocumentConfig } from './document-config';

const TIMEOUT_MS = 8_000;

/**
 * Bytes of documents in an S3-compatible store, each under the name of its service and its sha256: services may share
 * a bucket, and none removes what another one needs. Where none is configured they stay in the database. Fails with
 * PLATFORM_DOCUMENT_STORE_AWAY while the store refuses or does not answer.
 */
export class ObjectStore {
  private client: Promise<S3mini> | undefined;

  constructor(
    private readonly config: DocumentConfig,
    private readonly service: ServiceName,
  ) {}

  /** Whether new documents go there. */
  get isConfigured(): boolean {
    return this.config.bucket !== undefined;
  }

  /** The same bytes again are the same object. */
  async put(sha256: string, content: Buffer): Promise<void> {
    await this.ask((bucket) => bucket.putObject(this.nameOf(sha256), content, 'application/octet-stream'));
  }

  async part(sha256: string, offset: number, length: number): Promise<Buffer> {
    return this.ask(async (bucket) => {
      const answer = await bucket.getObjectRaw(this.nameOf(sha256), false, offset, offset + length);
      return Buffer.from(await answer.arrayBuffer());
    });
  }

  /** What is gone already stays gone. */
  async remove(sha256: string): Promise<void> {
    await this.ask((bucket) => bucket.deleteObject(this.nameOf(sha256)));
  }

  private nameOf(sha256: string): string {
    return `${this.service}-${sha256}`;
  }

  private async ask<T>(work: (bucket: S3mini) => Promise<T>): Promise<T> {
    try {
      return await work(await this.bucket());
    } catch (cause) {
      throw new AppError('PLATFORM_DOCUMENT_STORE_AWAY', { retryAfterSeconds: 30 }, { cause });
    }
  }

  private bucket(): Promise<S3mini> {
    const { bucket } = this.config;
    if (bucket === undefined) throw new Error('a document lies in an object store, and DOCUMENT_S3_URL names none');
    this.client ??= import('s3mini').then(({ S3mini }) => new S3mini({ ...bucket, requestAbortTimeout: TIMEOUT_MS }));
    return this.client;
  }
}
