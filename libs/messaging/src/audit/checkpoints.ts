import type { Clock } from '#platform';
import type { AuditConfig } from './audit-config';
import type { AuditSubject, Finding } from './audit-subject';
import { type Checkpoint, documentHash, documentName, openCheckpoint } from './checkpoint';
import { type ChainHead, type HashChain, headOf, type SqlReader } from './hash-chain';

/** After a longer pause the days before are covered by the next checkpoint alone. */
const MISSED_DAYS_MAX = 31;
const DELIVER_MAX = 100;
const HEADS_MAX = 100;

interface Kept {
  readonly number: number;
  readonly day: string;
  readonly document: string;
  readonly writtenTo: string[];
}

/**
 * Signs the state of a service's chains once a day and brings it to every place that the configuration names. What cannot be
 * delivered waits in the table and is tried again; days on which nobody signed are signed later, as they ended.
 */
export class Checkpoints {
  constructor(
    private readonly service: string,
    private readonly database: SqlReader,
    private readonly parts: {
      readonly subjects: readonly AuditSubject[];
      readonly config: AuditConfig;
      readonly clock: Clock;
    },
  ) {}

  /** The checkpoints that are due by today; answers how many were signed. Only one replica may run it at a time. */
  async takeDue(): Promise<number> {
    const { signer } = this.parts.config;
    if (!signer) return 0;
    const today = this.parts.clock.today();
    let last = await this.last();
    let taken = 0;
    for (const day of last ? daysAfter(last.day, today) : [today]) {
      last = await this.take(last, day);
      taken += 1;
    }
    return taken;
  }

  /** One more, whatever the day: before somebody else gets hold of the database, or to close an incident. */
  async takeNow(): Promise<void> {
    await this.take(await this.last(), this.parts.clock.today());
  }

  /** Brings to each place what it lacks; answers what could not be brought, as findings. */
  async deliver(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const place of this.parts.config.places) {
      const waiting = await this.database.query<Kept>(
        `SELECT number, day, document, written_to FROM audit_checkpoint
         WHERE NOT ($1 = ANY (written_to)) AND number >= $2 ORDER BY number LIMIT ${DELIVER_MAX}`,
        [place.name, this.parts.config.acceptedFrom],
      );
      for (const { number, day, document } of waiting) {
        const name = documentName({ service: this.service, number, day });
        try {
          await place.write(name, document);
        } catch (error) {
          const why = error instanceof Error ? error.message : 'failed';
          findings.push({
            check: 'checkpoints',
            kind: 'checkpoint-undelivered',
            sentence: `The checkpoint ${name} could not be written to the ${place.name}: ${why}.`,
          });
          break;
        }
        await this.database.query(
          'UPDATE audit_checkpoint SET written_to = written_to || $2::text WHERE number = $1 AND NOT ($2 = ANY (written_to))',
          [number, place.name],
        );
      }
    }
    return findings;
  }

  /** The heads that were signed last, as the database keeps the documents: their signatures are checked, their number is not. */
  async signedHeads(chainName: HashChain['name']): Promise<ChainHead[]> {
    const rows = await this.database.query<{ document: string }>(
      `SELECT document FROM audit_checkpoint WHERE number >= $1 ORDER BY number DESC LIMIT ${HEADS_MAX}`,
      [this.parts.config.acceptedFrom],
    );
    return rows.flatMap(({ document }) => {
      const opened = openCheckpoint(document, this.parts.config.keys);
      if ('fault' in opened) return [];
      const { chains } = opened.checkpoint;
      return chains
        .filter(({ name, count }) => name === chainName && count > 0)
        .map(({ count, head }) => ({ seq: BigInt(count), hash: head }));
    });
  }

  private async last(): Promise<Kept | undefined> {
    const [row] = await this.database.query<Kept>(
      `SELECT number, day, document, written_to FROM audit_checkpoint ORDER BY number DESC LIMIT 1`,
    );
    return row;
  }

  private async take(before: Kept | undefined, day: string): Promise<Kept> {
    const { signer } = this.parts.config;
    if (!signer) throw new Error('CHECKPOINT_KEY is missing: there is nothing to sign with');
    const endOfDay = day < this.parts.clock.today() ? await this.endOf(day) : undefined;
    const heads: { subject: AuditSubject; head: ChainHead }[] = [];
    for (const subject of this.parts.subjects)
      heads.push({ subject, head: await headOf(this.database, subject.chain, endOfDay) });
    const checkpoint: Checkpoint = {
      format: 1,
      service: this.service,
      number: (before?.number ?? 0) + 1,
      day,
      takenAt: this.parts.clock.now().toISOString(),
      chains: await Promise.all(
        heads.map(async ({ subject: { chain }, head: { seq, hash } }) => ({
          name: chain.name,
          count: Number(seq),
          head: hash,
          lastAt: await this.timeOf(chain, seq),
        })),
      ),
      amounts: await Promise.all(heads.flatMap(({ subject, head }) => subject.digest?.(this.database, head) ?? [])),
      previous: before ? documentHash(before.document) : null,
    };
    const document = signer.sign(checkpoint);
    await this.database.query('INSERT INTO audit_checkpoint (number, day, document) VALUES ($1, $2, $3)', [
      checkpoint.number,
      day,
      document,
    ]);
    return { number: checkpoint.number, day, document, writtenTo: [] };
  }

  private async endOf(day: string): Promise<Date> {
    const [row] = await this.database.query<{ at: Date }>(
      `SELECT ($1::date + 1)::timestamp AT TIME ZONE 'Europe/Berlin' AS at`,
      [day],
    );
    return row?.at ?? this.parts.clock.now();
  }

  private async timeOf(chain: HashChain, seq: bigint): Promise<string | null> {
    const [row] = await this.database.query<{ at: Date }>(
      `SELECT r.${chain.timeColumn} AS at FROM ${chain.sealTable} s JOIN ${chain.table} r ON r.id = s.${chain.sealedIdColumn}
       WHERE s.seq = $1`,
      [seq.toString()],
    );
    return row?.at.toISOString() ?? null;
  }
}

/** The days after one up to another, the last month of them at most. */
function daysAfter(day: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(until); at > Date.parse(day) && days.length < MISSED_DAYS_MAX; at -= 86_400_000)
    days.unshift(new Date(at).toISOString().slice(0, 10));
  return days;
}
