import { StartUpFault } from '#platform/settings';
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
  DOCUMENT_S3_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Bucket of an S3-compatible store, such as https://s3.example.org/documents, for the bytes of new documents; without it they are in the database',
    ),
  DOCUMENT_S3_REGION: z.string().default('us-east-1').describe('Its region'),
  DOCUMENT_S3_ACCESS_KEY_ID: z.string().optional().describe('Who reads and writes there'),
  DOCUMENT_S3_SECRET_ACCESS_KEY: z.string().optional().describe('The secret of that key'),
});

/** A bucket of an S3-compatible store, and who reads and writes there. */
export interface Bucket {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Injectable: where documents are looked at, and where their bytes are kept. */
export class DocumentConfig {
  readonly scanner: { readonly host: string; readonly port: number } | undefined;
  readonly bucket: Bucket | undefined;

  constructor(settings: z.output<typeof documentConfigSchema>) {
    const [, host = '', port = ''] = ADDRESS.exec(settings.DOCUMENT_SCANNER ?? '') ?? [];
    this.scanner = host === '' ? undefined : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
    this.bucket = bucketOf(settings);
  }
}

function bucketOf({
  DOCUMENT_S3_URL: endpoint,
  DOCUMENT_S3_REGION: region,
  DOCUMENT_S3_ACCESS_KEY_ID: accessKeyId,
  DOCUMENT_S3_SECRET_ACCESS_KEY: secretAccessKey,
}: z.output<typeof documentConfigSchema>): Bucket | undefined {
  if (endpoint === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new StartUpFault('DOCUMENT_S3_URL needs DOCUMENT_S3_ACCESS_KEY_ID and DOCUMENT_S3_SECRET_ACCESS_KEY as well');
  }
  return { endpoint, region, accessKeyId, secretAccessKey };
}
