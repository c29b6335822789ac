import { z } from 'zod';
import { loadConfig } from '#platform';

export const publishingConfigSchema = z.object({
  PUBLISHER_REF: z
    .string()
    .regex(/^[^/&|?\s]{3,60}$/, 'must be an organisation identifier, such as XM-DAC-5-52')
    .default('XM-DAC-5-52')
    .describe('Identifier of the organisation that publishes, as IATI and org-id.guide know it'),
  PUBLISHER_NAME: z
    .string()
    .min(3)
    .max(200)
    .default('Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH')
    .describe('Its name'),
  PUBLISHER_TYPE: z
    .string()
    .regex(/^\d\d$/, 'must be a code of the IATI list OrganisationType')
    .default('15')
    .describe('Its kind, a code of the IATI list OrganisationType (10 government, 15 other public sector)'),
});

/** Injectable: who publishes. */
export class PublishingConfig {
  constructor(readonly values: z.output<typeof publishingConfigSchema>) {}

  static load(): PublishingConfig {
    return new PublishingConfig(loadConfig(publishingConfigSchema));
  }
}
