import { z } from 'zod';
import { FILE_PART_CHARACTERS_MAX } from './upload';
import { Id, Instant, Sha256, Subject, Version, Written } from './values';

/** What a stored document may be; told from its first bytes, never from its name. */
export const DOCUMENT_MEDIA_TYPES = ['application/pdf', 'application/xml', 'image/jpeg', 'image/png'] as const;
export const DocumentMediaType = z.enum(DOCUMENT_MEDIA_TYPES).meta({ id: 'DocumentMediaType' });
export type DocumentMediaType = z.infer<typeof DocumentMediaType>;

/** A scanned receipt of a few pages; an invoice with its attachments. */
export const DOCUMENT_BYTES_MAX = 10 * 1024 * 1024;

export const DocumentView = z
  .strictObject({
    id: Id,
    version: Version,
    fileName: Written(200),
    mediaType: DocumentMediaType.meta({ description: 'What the bytes are, whatever the name says' }),
    bytes: z.int(),
    sha256: Sha256,
    keptBy: Subject,
    keptAt: Instant,
  })
  .meta({ id: 'DocumentView', description: 'A file that was checked and is kept: its bytes once, by their sha256.' });
export type DocumentView = z.infer<typeof DocumentView>;

/** The file of a document, part by part: over HTTP the gateway puts them together. */
export const documentFile = {
  request: {
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'First byte; the whole file comes in parts' }),
  },
  reply: z.strictObject({
    mediaType: DocumentMediaType,
    fileName: Written(200),
    encoding: z.literal('base64'),
    body: z.base64().max(FILE_PART_CHARACTERS_MAX),
    nextOffset: z.int().nullable().meta({ description: 'Where the next part begins; null: this was the last' }),
  }),
} as const;
