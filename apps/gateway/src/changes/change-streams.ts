import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import { type Caller, declareGauge, RpcClient, scopeOf } from '#platform';
import { Credentials } from '../door/credentials';
import { ChangeFeed } from './change-feed';
import { ChangeStream } from './change-stream';
import { type Change, namedResource } from './named-resources';

const open = declareGauge({
  name: 'change_streams_open',
  help: 'Browsers that are told of changes at this moment',
  where: 'gateway',
});

const BEAT_MS = 10_000;
/** Then a browser comes again, perhaps at another gateway, and whoever lost a right since has lost it here. */
const LIFE_BEATS = 90;
/** Tabs of one person at one gateway. */
const PER_CALLER_MAX = 10;
const ALL_MAX = 1000;
const RETRY_AFTER_SECONDS = 10;

interface OpenStream {
  readonly stream: ChangeStream;
  readonly caller: Caller;
  readonly request: FastifyRequest;
  beats: number;
}

/** The open streams of this gateway: who has how many, and until when. */
@Injectable()
export class ChangeStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChangeStreams.name);
  private readonly streams = new Set<OpenStream>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly credentials: Credentials,
    private readonly rpc: RpcClient,
  ) {}

  onApplicationBootstrap(): void {
    open.expose((gauge) => {
      gauge.set(this.streams.size);
    });
    this.timer = setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const { stream } of this.streams) stream.end();
  }

  /** Begins where the browser left off, if that is known. PLATFORM_RATE_LIMITED for who has too many already. */
  open(caller: Caller, request: FastifyRequest): ChangeStream {
    this.checkRoom(caller);
    const { feed } = this;
    const stream = new ChangeStream({
      get marker() {
        return feed.marker;
      },
      scopeOf: (resource) => {
        const named = namedResource(resource);
        return named && scopeOf(caller, named.read);
      },
      isOwn: (change) => this.isOwn(change, request),
    });
    const entry: OpenStream = { stream, caller, request, beats: 0 };
    const deaf = this.feed.listen(stream);
    this.streams.add(entry);
    stream.readable.once('close', () => {
      deaf();
      this.streams.delete(entry);
    });
    const last = request.headers['last-event-id'];
    if (typeof last === 'string') this.resume(stream, last);
    return stream;
  }

  private resume(stream: ChangeStream, marker: string): void {
    const missed = this.feed.since(marker);
    if (missed) stream.changed(missed);
    else stream.lost();
  }

  private checkRoom({ subject }: Caller): void {
    const own = [...this.streams].filter(({ caller }) => caller.subject === subject).length;
    if (own < PER_CALLER_MAX && this.streams.size < ALL_MAX) return;
    const quota = own < PER_CALLER_MAX ? ALL_MAX : PER_CALLER_MAX;
    throw new AppError('PLATFORM_RATE_LIMITED', { policy: 'streams', quota, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  /** The owning service says, as for every request: what is somebody else's is not there. */
  private async isOwn({ resource, id }: Change, request: FastifyRequest): Promise<boolean> {
    const named = namedResource(resource);
    if (!named) return false;
    try {
      const { token } = await this.credentials.admit(request);
      await this.rpc.callRaw(named.read, { [named.parameter]: id }, { token });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'not_found') return false;
      // Whoever cannot be asked tells nobody; the browser reads anew when it looks again.
      this.logger.debug({ err: error }, 'whether a change is to be told could not be found out');
      return false;
    }
  }

  private async beat(): Promise<void> {
    await Promise.all(
      [...this.streams].map(async (entry) => {
        entry.beats += 1;
        const isOver = entry.beats > LIFE_BEATS || !(await this.credentials.stillHold(entry.request));
        if (isOver) entry.stream.end();
        else entry.stream.beat();
      }),
    );
  }
}
