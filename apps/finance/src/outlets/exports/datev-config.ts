import { z } from 'zod';
import { DatevClientNumber, DatevConsultantNumber } from '#contracts/finance';
import { loadConfig } from '#platform';

export const datevConfigSchema = z.object({
  DATEV_CONSULTANT_NUMBER: DatevConsultantNumber.optional().describe(
    'Number of the consultant (Berater) in DATEV batches; a batch that gets none from its request is refused without it',
  ),
  DATEV_CLIENT_NUMBER: DatevClientNumber.optional().describe(
    'Number of the client (Mandant) in DATEV batches; a batch that gets none from its request is refused without it',
  ),
});

/** Injectable: what the installation says of itself to DATEV. */
export class DatevConfig {
  readonly consultantNumber: number | undefined;
  readonly clientNumber: number | undefined;

  constructor(values: z.output<typeof datevConfigSchema>) {
    this.consultantNumber = values.DATEV_CONSULTANT_NUMBER;
    this.clientNumber = values.DATEV_CLIENT_NUMBER;
  }

  static load(): DatevConfig {
    return new DatevConfig(loadConfig(datevConfigSchema));
  }
}
