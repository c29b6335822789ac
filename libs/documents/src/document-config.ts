import { z } from 'zod';

/** Host and port of a daemon, such as `clamav:3310`. */
const ADDRESS = /^([\w.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/i;

export const documentConfigSchema = z.object({
  DOCUMENT_SCANNER: z
    .string()
    .regex(ADDRESS, 'host and port, such as clamav:3310')
    .optional()
    .describe(
      'Host and port of a clamd (ClamAV) that looks at every document before it is kept; without it none is looked at. While it is away no document is taken',
    ),
});

/** Injectable: where documents are looked at. */
export class DocumentConfig {
  readonly scanner: { readonly host: string; readonly port: number } | undefined;

  constructor({ DOCUMENT_SCANNER }: z.output<typeof documentConfigSchema>) {
    const [, host = '', port = ''] = ADDRESS.exec(DOCUMENT_SCANNER ?? '') ?? [];
    this.scanner = host === '' ? undefined : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  }
}
