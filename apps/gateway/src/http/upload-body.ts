import type { FastifyRequest } from 'fastify';
import { AppError, type Operation, OPERATIONS } from '#contracts';
import { mediaTypeOf } from './headers';

/** Media types of files that some operation takes as the body. */
export const UPLOAD_MEDIA_TYPES: readonly string[] = [
  ...new Set(OPERATIONS.flatMap((operation) => operation.http.upload?.mediaTypes ?? [])),
];

/** Whether the body of a request is the file itself, and not read yet. */
export function isUpload(operation: Operation, request: FastifyRequest): boolean {
  return operation.http.upload?.mediaTypes.includes(mediaTypeOf(request) ?? '') ?? false;
}

/** The size a client announces; refused with 413 before anything is read. */
export function checkUploadLength(operation: Operation, request: FastifyRequest): void {
  const bytesMax = operation.http.upload?.bytesMax ?? 0;
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    throw new AppError('PLATFORM_BODY_TOO_LARGE', { bytesMax });
  }
}
