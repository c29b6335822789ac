import { z } from 'zod';
import { loadConfig } from '#platform';

export const gatewayConfigSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
});

/** Where the gateway listens. */
export class GatewayConfig {
  constructor(readonly values: z.output<typeof gatewayConfigSchema>) {}

  static load(): GatewayConfig {
    return new GatewayConfig(loadConfig(gatewayConfigSchema));
  }
}
