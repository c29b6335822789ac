import { z } from 'zod';
import { FILE_PART_CHARACTERS_MAX, UploadReference } from './upload';
import { Id, Instant, Line, Sha256, Subject, Version, Written } from './values';

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

/** What a service declares to keep a document: the file is the body, its name stands in the query. */
export const documentUpload = {
  mediaTypes: [...DOCUMENT_MEDIA_TYPES, 'text/xml', 'application/octet-stream'],
  query: ['fileName'],
  bytesMax: DOCUMENT_BYTES_MAX,
} as const;
export const documentToKeep = {
  request: z.strictObject({
    fileName: Line(200),
    upload: UploadReference.refine(({ bytes }) => bytes <= DOCUMENT_BYTES_MAX, `at most ${DOCUMENT_BYTES_MAX} bytes`),
  }),
  reply: DocumentView,
  errors: [
    'PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED',
    'PLATFORM_DOCUMENT_INFECTED',
    'PLATFORM_DOCUMENT_SCANNER_AWAY',
    'PLATFORM_DOCUMENT_STORE_AWAY',
  ] as const,
} as const;
export type DocumentToKeep = z.infer<typeof documentToKeep.request>;

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
