import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError, fieldError, type Operation, OPERATIONS, UPLOAD_PART_BYTES, type UploadReference } from '#contracts';
import { type CallContext, newId, RpcClient } from '#platform';

/** Files on their way at the same time; each has one part in memory, as bytes and as text. */
const UPLOADS_AT_ONCE_MAX = 16;
const RETRY_AFTER_SECONDS = 5;

/** Passes files on that are larger than a message may be, in parts: one part is in memory at a time. */
@Injectable()
export class Uploader {
  private underWay = 0;

  constructor(private readonly rpc: RpcClient) {}

  /**
   * Reads the body to its end and stores it at the owning service; answers what the operation knows it by.
   * PLATFORM_SERVICE_UNAVAILABLE when as many files as this process carries are on their way already.
   */
  async store(
    operation: Operation,
    request: FastifyRequest,
    by: { context: CallContext; subject: string },
  ): Promise<UploadReference> {
    if (this.underWay >= UPLOADS_AT_ONCE_MAX) {
      throw new AppError('PLATFORM_SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    this.underWay += 1;
    try {
      return await this.passOn(operation, request, by);
    } finally {
      this.underWay -= 1;
    }
  }

  private async passOn(
    operation: Operation,
    request: FastifyRequest,
    { context, subject }: { context: CallContext; subject: string },
  ): Promise<UploadReference> {
    const { upload } = operation.http;
    const parts = OPERATIONS.find((candidate) => candidate.subject === upload?.parts);
    if (!upload || !parts) throw new Error(`${operation.subject} takes no upload`);
    const id = uploadId(context.idempotencyKey && [subject, operation.subject, context.idempotencyKey]);
    // The key is the whole upload's, not a part's: a part that comes again replaces itself.
    const { idempotencyKey: _key, expectedVersion: _version, ...partContext } = context;
    const hash = createHash('sha256');
    let [bytes, number] = [0, 0];
    for await (const part of inParts(request.body as Readable)) {
      bytes += part.length;
      if (bytes > upload.bytesMax) throw new AppError('PLATFORM_BODY_TOO_LARGE', { bytesMax: upload.bytesMax });
      hash.update(part);
      number += 1;
      await this.rpc.callRaw(parts, { uploadId: id, number, content: part.toString('base64') }, partContext);
    }
    if (number === 0) throw fieldError('PLATFORM_REQUEST_INVALID', '#', 'the file is empty');
    return { id, parts: number, bytes, sha256: hash.digest('hex') };
  }
}

/** Filled into one piece of memory per part: a body of single bytes costs no more than any other. */
async function* inParts(body: Readable): AsyncGenerator<Buffer> {
  let part = Buffer.allocUnsafe(UPLOAD_PART_BYTES);
  let length = 0;
  // What is thrown while a part is on its way must leave the connection alone: the answer goes over it.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length;) {
      const copied = chunk.copy(part, length, from);
      [from, length] = [from + copied, length + copied];
      if (length < UPLOAD_PART_BYTES) continue;
      yield part;
      [part, length] = [Buffer.allocUnsafe(UPLOAD_PART_BYTES), 0];
    }
  }
  if (length > 0) yield part.subarray(0, length);
}

/** The same for a request that is sent again with its Idempotency-Key, so that it is recognised as the same request. */
function uploadId(key: readonly string[] | undefined | ''): string {
  if (!key) return newId();
  const hex = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  // UUID version 8: custom, here by name (RFC 9562).
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
