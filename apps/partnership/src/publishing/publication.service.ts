import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { FINDINGS_SHOWN, type PublicationView, publish } from '#contracts/partnership';
import { Database, type Tx } from '#database';
import { Commands, Recurring } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { type Edition, editionOf, fingerprintOf } from './edition';
import type { Finding } from './iati/iati-ruleset';
import type { Portfolio } from './portfolio';
import { PortfolioReader } from './portfolio.reader';
import { PublicationReader } from './publication.reader';
import { PublishingConfig } from './publishing-config';

const EVERY_MS = 60_000;
/** Editions whose files are kept: one may be read while the next is made. */
const KEPT = 2;
const WORST_FIRST = ['ERROR', 'WARNING', 'ADVISORY'] as const;

interface Made {
  readonly portfolio: Portfolio;
  readonly edition: Edition;
  readonly madeAt: Date;
}

/**
 * Publishes what may be published: every file is made from one portfolio and checked before it is given out. An edition with errors
 * is kept for its report, and the one before it goes on being read.
 */
@Injectable()
export class PublicationService {
  /** What had been looked at last; nothing is made anew while it stays. */
  private seen = '';

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly portfolios: PortfolioReader,
    private readonly reader: PublicationReader,
    private readonly config: PublishingConfig,
    private readonly clock: Clock,
  ) {}

  @Handle(publish)
  async publish(_request: RequestOf<typeof publish>, call: Call): Promise<PublicationView> {
    const made = await this.make();
    return this.commands.run(call, async (tx) => this.reader.find(tx, await store(tx, made)));
  }

  /** Answers whether there was something new. */
  @Recurring({ name: 'publish what has changed', intervalMs: EVERY_MS })
  async publishChanges(): Promise<boolean> {
    const marker = await this.reader.marker(this.clock.today());
    if (marker === this.seen) return false;
    const portfolio = await this.portfolios.read(this.database, this.clock.today());
    const isNew = (await this.reader.latestFingerprint()) !== fingerprintOf(portfolio);
    if (isNew) {
      const made = await this.make(portfolio);
      await this.database.transaction((tx) => store(tx, made));
    }
    this.seen = marker;
    return isNew;
  }

  private async make(known?: Portfolio): Promise<Made> {
    const portfolio = known ?? (await this.portfolios.read(this.database, this.clock.today()));
    const madeAt = this.clock.now();
    const { PUBLISHER_REF: ref, PUBLISHER_NAME: name, PUBLISHER_TYPE: type } = this.config.values;
    const codes = await this.portfolios.codes(this.database);
    const edition = await editionOf(portfolio, { publisher: { ref, name, type }, codes, madeAt: madeAt.toISOString() });
    return { portfolio, edition, madeAt };
  }
}

async function store(tx: Tx, { portfolio, edition, madeAt }: Made): Promise<string> {
  const id = newId();
  const of = (severity: Finding['severity']) => edition.findings.filter((each) => each.severity === severity);
  const files = edition.files.map(({ name, mediaType, parts }) => ({
    name,
    mediaType,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
    sha256: parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex'),
  }));
  await tx.query('LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE');
  await tx.query(
    `INSERT INTO publication (id, version, made_at, fingerprint, is_published, partnerships, assignments, sums, results, left_out,
       errors, warnings, advisories, findings, files)
     VALUES ($1, (SELECT coalesce(max(version), 0) + 1 FROM publication), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      madeAt,
      fingerprintOf(portfolio),
      of('ERROR').length === 0,
      portfolio.partnerships.length,
      portfolio.assignments.length,
      portfolio.sums.length,
      portfolio.results.length,
      JSON.stringify(portfolio.leftOut),
      of('ERROR').length,
      of('WARNING').length,
      of('ADVISORY').length,
      JSON.stringify(WORST_FIRST.flatMap(of).slice(0, FINDINGS_SHOWN)),
      JSON.stringify(files),
    ],
  );
  for (const { name, parts } of edition.files)
    for (const [position, bytes] of parts.entries())
      await tx.query(
        'INSERT INTO published_file_part (publication_id, name, position, bytes) VALUES ($1, $2, $3, $4)',
        [id, name, position, bytes],
      );
  await tx.query(
    `DELETE FROM published_file_part WHERE publication_id NOT IN (
       SELECT id FROM publication WHERE is_published ORDER BY version DESC LIMIT ${KEPT})
       AND publication_id <> $1`,
    [id],
  );
  tx.noteChange({ object: 'publication', id, isNew: true });
  return id;
}
