import { z } from 'zod';
import { Id, Sha256, Version } from './values';

/** Bytes of one part: its base64 stays far below what a message between the services may have (PAYLOAD_BYTES_MAX). */
export const UPLOAD_PART_BYTES = 256 * 1024;
/** The largest file is 50 MiB (docs/finance.md#files). */
export const UPLOAD_PARTS_MAX = 200;
export const UPLOAD_BYTES_MAX = UPLOAD_PARTS_MAX * UPLOAD_PART_BYTES;

/** Bytes of one part of a file on its way out, and its characters as base64: fits one answer with what stands beside it. */
export const FILE_PART_BYTES = 700_000;
export const FILE_PART_CHARACTERS_MAX = 1_000_000;

/** Names a file that came in parts, and what its bytes must be. */
export const UploadReference = z
  .strictObject({
    id: Id,
    parts: z.int().min(1).max(UPLOAD_PARTS_MAX),
    bytes: z.int().min(1).max(UPLOAD_BYTES_MAX),
    sha256: Sha256,
  })
  .meta({
    id: 'UploadReference',
    description:
      'A file whose parts were stored before. The gateway makes it of a request whose body is the file; only a client that sends the parts itself gives it.',
  });
export type UploadReference = z.infer<typeof UploadReference>;

const MIB = 1024 * 1024;

/** What a service declares to take a file in parts: each has its own operation, table and error codes. */
export const uploadPart = {
  summary: 'Store a part of a file that is too large for one request',
  description: `Numbered from 1, each of ${UPLOAD_PART_BYTES} bytes but the last; at most ${UPLOAD_BYTES_MAX / MIB} MiB in all. They come one after the other; storing a part again replaces it, and number 1 begins the file anew. Five files of one person wait at the most: another one takes the place of the one that has got no part for longest, a minute at least. Parts are kept for an hour, or until they were used; only who stored them can use them.`,
  request: z.strictObject({
    uploadId: Id.meta({ description: 'Chosen by the client' }),
    number: z.int().min(1).max(UPLOAD_PARTS_MAX),
    content: z
      .base64()
      .min(1)
      .max(Math.ceil(UPLOAD_PART_BYTES / 3) * 4),
  }),
  reply: z
    .strictObject({ id: Id, version: Version, number: z.int(), bytes: z.int() })
    .meta({ id: 'UploadPartView', description: 'A stored part of an upload.' }),
  idempotency: 'optional',
} as const;
