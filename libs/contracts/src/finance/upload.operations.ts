import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { UPLOAD_BYTES_MAX, UPLOAD_PART_BYTES, UPLOAD_PARTS_MAX } from '../upload';
import { Id, Version } from '../values';

const MIB = 1024 * 1024;
const BASE64_MAX = Math.ceil(UPLOAD_PART_BYTES / 3) * 4;

export const storeUploadPart = operation({
  subject: 'rpc.finance.upload.store-part',
  http: { method: 'POST', path: '/uploads/{uploadId}/parts' },
  summary: 'Store a part of a file that is too large for one request',
  description: `Numbered from 1, each of ${UPLOAD_PART_BYTES} bytes but the last; at most ${UPLOAD_BYTES_MAX / MIB} MiB in all. They come one after the other; storing a part again replaces it, and number 1 begins the file anew. Five files of one person wait at the most: another one takes the place of the one that has got no part for longest, a minute at least. Parts are kept for an hour, or until an import has used them; only who stored them can use them.`,
  request: z.strictObject({
    uploadId: Id.meta({ description: 'Chosen by the client' }),
    number: z.int().min(1).max(UPLOAD_PARTS_MAX),
    content: z.base64().min(1).max(BASE64_MAX),
  }),
  reply: z
    .strictObject({ id: Id, version: Version, number: z.int(), bytes: z.int() })
    .meta({ id: 'UploadPartView', description: 'A stored part of an upload.' }),
  errors: ['FINANCE_UPLOAD_LIMIT_REACHED', 'FINANCE_UPLOAD_PART_UNEXPECTED'],
  allow: grant('any', 'cashier', 'finance-officer', 'programme-officer', 'municipality-partner', 'expert'),
  idempotency: 'optional',
});
