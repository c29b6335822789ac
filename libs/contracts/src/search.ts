import { z } from 'zod';
import { CaseNumber } from './case-number';
import { SERVICES } from './service-name';
import { Id, Line, LocalizedText, Written } from './values';

/** What one search looks through. */
export const SEARCH_KINDS = [
  'partnership',
  'municipality',
  'project',
  'expertRequest',
  'expert',
  'assignment',
  'payout',
  'paymentRun',
  'claim',
  'event',
  'registration',
] as const;

/** So many of each kind; who wants more opens the list of the kind. */
export const SEARCH_HITS_MAX = 10;

export const SearchQuery = z.strictObject({
  q: Line(100)
    .refine((text) => text.trim().length >= 2, 'at least two characters')
    .meta({
      description: 'A case number, also as somebody says it, or a name; accents ignored, typing errors tolerated',
    }),
});

export const SearchHit = z
  .strictObject({
    kind: z.enum(SEARCH_KINDS),
    id: Id,
    caseNumber: CaseNumber.nullable(),
    name: z
      .union([Written(1_000), LocalizedText])
      .nullable()
      .meta({
        description: 'What it is called; null where the caller may not know, or where only its number names it',
      }),
    status: Written(50).nullable(),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof SearchHit>;

/** Made by the gateway of what the services' own lists answer to this caller. */
export const SearchAnswer = z
  .strictObject({
    items: z.array(SearchHit).max(SEARCH_KINDS.length * SEARCH_HITS_MAX),
    unavailable: z
      .array(z.enum(SERVICES))
      .meta({ description: 'Services that did not answer: what they know is missing here' }),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
