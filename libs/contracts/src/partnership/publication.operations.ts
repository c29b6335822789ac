import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON, grant, STAFF } from '../roles';
import { FILE_PART_CHARACTERS_MAX } from '../upload';
import { Id, Instant, pageOf, pageQuery, Sha256, Version, Written } from '../values';

/** What is published, by its name in the address. */
export const PUBLISHED_FILES = ['iati-activities.xml', 'portfolio.json'] as const;
export const PublishedFileName = z.enum(PUBLISHED_FILES).meta({
  id: 'PublishedFileName',
  description:
    'iati-activities.xml: IATI 2.03. portfolio.json: all that the public may know of the fund, from which everything else is made.',
});
export type PublishedFileName = z.infer<typeof PublishedFileName>;

export const FindingSeverity = z.enum(['ERROR', 'WARNING', 'ADVISORY']).meta({ id: 'FindingSeverity' });
export const FindingKind = z.enum(['SCHEMA', 'CODE_LIST', 'RULESET', 'IDENTIFIER', 'ADVICE']).meta({
  id: 'FindingKind',
  description:
    'By which kind of rule: XML schema, code lists, official ruleset, identifiers that have to exist, advice',
});

export const PublicationFinding = z
  .strictObject({
    severity: FindingSeverity,
    kind: FindingKind,
    rule: Written(100),
    message: Written(1000),
    line: z.int().meta({ description: 'In iati-activities.xml' }),
  })
  .meta({ id: 'PublicationFinding' });

/** Findings that one answer shows; the first ones of the worst kind. */
export const FINDINGS_SHOWN = 200;

export const PublicationSummary = z
  .strictObject({
    id: Id,
    version: Version.meta({ description: 'Number of the edition' }),
    madeAt: Instant,
    isPublished: z.boolean().meta({ description: 'false: it has errors, so the edition before it stays' }),
    partnerships: z.int(),
    assignments: z.int(),
    sums: z.int(),
    results: z.int(),
    leftOut: z.strictObject({ partnerships: z.int(), assignments: z.int(), amounts: z.int(), results: z.int() }).meta({
      description:
        'What may not be published: too exact a place, an amount of too few assignments, a result in words of its own only',
    }),
    errors: z.int(),
    warnings: z.int(),
    advisories: z.int(),
  })
  .meta({ id: 'PublicationSummary', description: 'An edition of what the fund publishes.' });

export const PublicationView = PublicationSummary.extend({
  findings: z.array(PublicationFinding).max(FINDINGS_SHOWN),
  files: z
    .array(z.strictObject({ name: PublishedFileName, mediaType: Written(100), bytes: z.int(), sha256: Sha256 }))
    .max(10),
}).meta({ id: 'PublicationView' });
export type PublicationView = z.infer<typeof PublicationView>;
export type PublicationSummary = z.infer<typeof PublicationSummary>;

export const publish = operation({
  subject: 'rpc.partnership.publication.create',
  http: { method: 'POST', path: '/publications', success: 201, location: '/publications/{id}' },
  summary: 'Publish what is known now',
  description:
    'It also happens by itself, within a minute after something has changed. Files with errors are kept for the report and not published.',
  request: z.strictObject({}),
  reply: PublicationView,
  errors: ['PARTNERSHIP_PUBLISHING_RULES_MISSING'],
  allow: grant('any', 'programme-officer'),
  idempotency: 'optional',
});

export const listPublications = operation({
  subject: 'rpc.partnership.publication.list',
  http: { method: 'GET', path: '/publications' },
  summary: 'List editions of what is published, the newest first',
  request: z.strictObject(pageQuery),
  reply: pageOf(PublicationSummary),
  allow: grant('any', ...STAFF),
});

export const getPublication = operation({
  subject: 'rpc.partnership.publication.get',
  http: { method: 'GET', path: '/publications/{publicationId}' },
  summary: 'Read an edition with what its checks found',
  request: z.strictObject({ publicationId: Id }),
  reply: PublicationView,
  allow: grant('any', ...STAFF),
});

export const getPublishedFile = operation({
  subject: 'rpc.partnership.published-file.get',
  http: { method: 'GET', path: '/published-files/{name}', file: 'application/octet-stream' },
  summary: 'Read a file that the fund publishes, for everybody',
  description:
    'Licence: CC BY 4.0. It never names a person, tells no pay, and places only as exactly as the rules allow.',
  request: z.strictObject({
    name: PublishedFileName,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'First part; the whole file comes in parts' }),
  }),
  reply: z.strictObject({
    version: Version,
    mediaType: Written(100),
    fileName: Written(200),
    body: z.base64().max(FILE_PART_CHARACTERS_MAX),
    encoding: z.literal('base64'),
    nextOffset: z.int().nullable(),
  }),
  allow: EVERY_PERSON,
  isPublic: true,
});
