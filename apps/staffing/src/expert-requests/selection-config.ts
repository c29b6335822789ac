import { z } from 'zod';
import { isLoopback, loadConfig, platformConfigSchema } from '#platform';

export const selectionConfigSchema = z
  .object({
    SELECTION_BY_ONE_PERSON: z
      .enum(['refused', 'marked'])
      .default('refused')
      .describe(
        'Whether one person may recommend an expert request and select it as well; `marked`: yes, and the request says so. For trying things out, with an OIDC_ISSUER on this machine',
      ),
    OIDC_ISSUER: platformConfigSchema.shape.OIDC_ISSUER,
  })
  // A demonstration has its identity provider beside it, where one visitor may play everybody; docs/adr/0042-selection-by-one-person.md.
  .refine((config) => config.SELECTION_BY_ONE_PERSON === 'refused' || isLoopback(config.OIDC_ISSUER), {
    path: ['SELECTION_BY_ONE_PERSON'],
    message: 'may be marked for trying things out only, with an OIDC_ISSUER on this machine',
  });

/** Injectable: the validated configuration of the selection. */
export class SelectionConfig {
  readonly byOnePerson: 'refused' | 'marked';

  constructor(values: z.output<typeof selectionConfigSchema>) {
    this.byOnePerson = values.SELECTION_BY_ONE_PERSON;
  }

  static load(): SelectionConfig {
    return new SelectionConfig(loadConfig(selectionConfigSchema));
  }
}
