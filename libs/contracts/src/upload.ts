import { z } from 'zod';
import { Id, Sha256 } from './values';

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
