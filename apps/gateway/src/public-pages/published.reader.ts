import { Injectable } from '@nestjs/common';
import type { ReplyOf } from '#contracts';
import { getPublishedFile } from '#contracts/partnership';
import { Clock, newId, RpcClient } from '#platform';
import { type Published, publishedIn } from './published';

/** So old a page may be, compared with the files. */
const FRESH_MS = 60_000;

interface Kept {
  readonly readAt: number;
  readonly published: Promise<Published>;
}

/** The published file from which the pages are made, read again after a minute. */
@Injectable()
export class PublishedReader {
  private kept: Kept | undefined;

  constructor(
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  read(): Promise<Published> {
    const now = this.clock.now().getTime();
    if (this.kept && now - this.kept.readAt < FRESH_MS) return this.kept.published;
    const published = this.fetch();
    this.kept = { readAt: now, published };
    // A failure is answered to those who wait for it, and asked again by the next.
    published.catch(() => (this.kept = undefined));
    return published;
  }

  private async fetch(): Promise<Published> {
    const parts: Buffer[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const part: ReplyOf<typeof getPublishedFile> = await this.rpc.call(
        getPublishedFile,
        { name: 'portfolio.json', offset },
        { token: '', correlationId: newId() },
      );
      parts.push(Buffer.from(part.body, 'base64'));
      offset = part.nextOffset;
    }
    return publishedIn(Buffer.concat(parts).toString());
  }
}
