import type { AwsClient } from 'aws4fetch';
import { type CheckpointPlace, CheckpointTakenError } from './checkpoint-place';
import type { CheckpointDocument } from './checkpoint';

export interface S3Settings {
  /** Bucket with an optional folder: `https://s3.eu-central-1.amazonaws.com/audit-bucket/fund`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS_MAX = 2;

/** A bucket of an S3-compatible store; with Object Lock on it, not even its owner takes a checkpoint away before its time. */
export class S3Place implements CheckpointPlace {
  readonly name = 's3';
  private client: Promise<AwsClient> | undefined;

  constructor(private readonly settings: S3Settings) {}

  async write(name: string, document: CheckpointDocument): Promise<void> {
    const answer = await this.fetch(this.urlOf(name), {
      method: 'PUT',
      body: document,
      // Stores that do not know conditional writes ignore this; what they hold is compared when it is read.
      headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    });
    if (answer.status !== 412) return assertOk(answer, name);
    if ((await this.read(this.urlOf(name), name)) !== document) throw new CheckpointTakenError(this.name, name);
  }

  async readAll(service: string): Promise<CheckpointDocument[]> {
    const documents: CheckpointDocument[] = [];
    const { origin, bucket, prefix } = this.parts();
    let token: string | undefined;
    do {
      const list = new URL(`${origin}/${bucket}`);
      list.searchParams.set('list-type', '2');
      list.searchParams.set('prefix', `${prefix}${service}-`);
      if (token !== undefined) list.searchParams.set('continuation-token', token);
      const page = await this.read(list.toString(), 'the list of checkpoints');
      for (const [, key = ''] of page.matchAll(/<Key>([^<]+)<\/Key>/g)) {
        documents.push(await this.read(`${origin}/${bucket}/${key}`, key));
      }
      token = /<NextContinuationToken>([^<]+)</.exec(page)?.[1];
    } while (token !== undefined);
    return documents;
  }

  private async read(url: string, name: string): Promise<string> {
    const answer = await this.fetch(url, {});
    assertOk(answer, name);
    return answer.text();
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    const { accessKeyId, secretAccessKey, region } = this.settings;
    // Loaded with the first checkpoint: most installations have no such place.
    this.client ??= import('aws4fetch').then(
      ({ AwsClient }) => new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: ATTEMPTS_MAX }),
    );
    return (await this.client).fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  private urlOf(name: string): string {
    const { origin, bucket, prefix } = this.parts();
    return `${origin}/${bucket}/${prefix}${name}`;
  }

  private parts(): { origin: string; bucket: string; prefix: string } {
    const { origin, pathname } = new URL(this.settings.url);
    const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '');
    return { origin, bucket, prefix: folders.map((folder) => `${folder}/`).join('') };
  }
}

function assertOk(answer: Response, name: string): void {
  if (!answer.ok) throw new Error(`the store answered ${answer.status} for ${name}`);
}
