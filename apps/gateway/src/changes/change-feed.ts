import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { MsgHdrs } from '@nats-io/transport-node';
import { z } from 'zod';
import { SERVICES, type ServiceName } from '#contracts';
import { Nats } from '#platform';
import { type Change, changesIn } from './named-resources';

/** Messages of a service that whoever was away for a moment can still be told of. */
const KEPT = 1000;
const REQUEST_MS = 3000;

const headersSchema = z.object({
  position: z.coerce.number().int().min(0),
  'ce-subject': z.string(),
  sequence: z.coerce.number().int().min(0),
});
const dataSchema = z.record(z.string(), z.unknown());
const lastSchema = z.object({ message: z.object({ hdrs: z.string() }).optional() });

/** Told of everything that changes, in order; `lost` when something may have been missed. */
export interface ChangeListener {
  changed(changes: readonly Change[]): void;
  lost(): void;
}

interface Published {
  readonly position: number;
  readonly changes: readonly Change[];
}

/**
 * What the services publish, as it is published, from the broker and not from the streams: nothing is kept for a gateway that is away, and
 * it may change no one's consumer. Each service numbers its messages without a gap, so what was missed is noticed.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly listeners = new Set<ChangeListener>();
  private readonly kept = new Map<ServiceName, Published[]>(SERVICES.map((service) => [service, []]));
  /** Of the last message of each; a service that is not here has not been heard of. */
  private readonly positions = new Map<ServiceName, number>();

  constructor(private readonly nats: Nats) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const service of SERVICES) {
      this.nats.nc.subscribe(`evt.${service}.>`, {
        callback: (error, { headers, data }) => {
          if (!error) this.hear(service, headers, data);
        },
      });
    }
    await this.learn();
    void this.learnAfterEachBreak();
  }

  listen(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** How far everybody has been told: the positions of the services, with dots between. */
  get marker(): string {
    return SERVICES.map((service) => this.positions.get(service) ?? '').join('.');
  }

  /** What came after a marker, of this gateway or another one; undefined when that cannot be told any more. */
  since(marker: string): Change[] | undefined {
    const wanted = marker.split('.');
    if (wanted.length !== SERVICES.length || !wanted.every((position) => /^\d{1,15}$/.test(position))) return undefined;
    const parts = SERVICES.map((service, index) => this.sinceOf(service, Number(wanted[index])));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }

  private sinceOf(service: ServiceName, position: number): Change[] | undefined {
    const last = this.positions.get(service);
    if (last === undefined || position > last) return undefined;
    const later = (this.kept.get(service) ?? []).filter((published) => published.position > position);
    return later.length === last - position ? later.flatMap(({ changes }) => changes) : undefined;
  }

  private hear(service: ServiceName, headers: MsgHdrs | undefined, bytes: Uint8Array): void {
    const attributes = headersSchema.safeParse(plain(headers));
    const data = dataSchema.safeParse(parseJson(bytes));
    if (!attributes.success || !data.success) {
      this.logger.warn(`a message of ${service} could not be read`);
      return;
    }
    const { position, sequence, 'ce-subject': aggregateId } = attributes.data;
    const last = this.positions.get(service);
    // Published once more for a consumer that lacked it.
    if (last !== undefined && position <= last) return;
    if (last !== undefined && position > last + 1) this.miss(service);
    this.positions.set(service, position);
    const changes = changesIn({ aggregateId, version: sequence, data: data.data });
    const kept = this.kept.get(service) ?? [];
    kept.push({ position, changes });
    if (kept.length > KEPT) kept.shift();
    for (const listener of this.listeners) listener.changed(changes);
  }

  private miss(service: ServiceName): void {
    this.kept.get(service)?.splice(0);
    for (const listener of this.listeners) listener.lost();
  }

  /** Where each service is, from the last message of its stream: what was published while nobody listened here is then known to be missed. */
  private async learn(): Promise<void> {
    for (const service of SERVICES) {
      const position = await this.lastPosition(service);
      const known = this.positions.get(service);
      if (position === undefined || (known !== undefined && position <= known)) continue;
      this.positions.set(service, position);
      if (known !== undefined) this.miss(service);
    }
  }

  /** 0 for a stream without messages; undefined where the broker does not tell. */
  private async lastPosition(service: ServiceName): Promise<number | undefined> {
    const stream = `EVT_${service.toUpperCase()}`;
    const question = JSON.stringify({ last_by_subj: `evt.${service}.>` });
    try {
      const answer = await this.nats.nc.request(`$JS.API.STREAM.MSG.GET.${stream}`, question, { timeout: REQUEST_MS });
      const { message } = lastSchema.parse(answer.json());
      if (!message) return 0;
      return Number(/^position: *(\d+)\s*$/im.exec(Buffer.from(message.hdrs, 'base64').toString())?.[1] ?? 0);
    } catch (error) {
      this.logger.warn(`where ${service} is with its messages is not known: ${String(error)}`);
      return undefined;
    }
  }

  private async learnAfterEachBreak(): Promise<void> {
    for await (const { type } of this.nats.nc.status()) if (type === 'reconnect') await this.learn();
  }
}

function plain(headers: MsgHdrs | undefined): Record<string, string> {
  return Object.fromEntries([...(headers ?? [])].map(([name, values]) => [name, values[0] ?? '']));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    // The schema refuses it, and the log names whose it was.
    return undefined;
  }
}
