import { Injectable } from '@nestjs/common';
import { AppError, type Page, type ReplyOf, type RequestOf } from '#contracts';
import {
  getPublication,
  getPublishedFile,
  listPublications,
  type PublicationSummary,
  type PublicationView,
} from '#contracts/partnership';
import { Database, type Queries } from '#database';
import { Handle } from '#platform';
import { ResultsReader } from '../results/results.reader';

type Row = Omit<PublicationView, 'madeAt'> & { readonly madeAt: Date };

const SUMMARY = `p.id, p.version, p.made_at, p.is_published, p.partnerships, p.assignments, p.sums, p.results, p.left_out, p.errors, p.warnings,
  p.advisories`;

/** Editions of what is published, and their files. */
@Injectable()
export class PublicationReader {
  constructor(
    private readonly database: Database,
    private readonly results: ResultsReader,
  ) {}

  @Handle(listPublications)
  list({ limit, cursor }: RequestOf<typeof listPublications>): Promise<Page<PublicationSummary>> {
    return this.database.page<Omit<PublicationSummary, 'madeAt'> & { madeAt: Date }, PublicationSummary>({
      select: `SELECT ${SUMMARY} FROM publication p`,
      where: [],
      parameters: [],
      sort: [{ key: 'madeAt', column: 'p.made_at', type: 'timestamptz', descending: true }],
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'publications' },
      items: (rows) => rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })),
    });
  }

  @Handle(getPublication)
  get({ publicationId }: RequestOf<typeof getPublication>): Promise<PublicationView> {
    return this.find(this.database, publicationId);
  }

  @Handle(getPublishedFile)
  async file({ name, offset }: RequestOf<typeof getPublishedFile>): Promise<ReplyOf<typeof getPublishedFile>> {
    const [row] = await this.database.query<{ version: number; mediaType: string; bytes: Buffer; isLast: boolean }>(
      `SELECT p.version, f.value ->> 'mediaType' AS media_type, part.bytes,
         NOT EXISTS (SELECT FROM published_file_part later WHERE later.publication_id = p.id AND later.name = $1
           AND later.position > $2) AS is_last
       FROM (SELECT * FROM publication WHERE is_published ORDER BY version DESC LIMIT 1) p
       CROSS JOIN json_array_elements(p.files) f
       JOIN published_file_part part ON part.publication_id = p.id AND part.name = $1 AND part.position = $2
       WHERE f.value ->> 'name' = $1`,
      [name, offset],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { version, mediaType, bytes, isLast } = row;
    const nextOffset = isLast ? null : offset + 1;
    return { version, mediaType, fileName: name, body: bytes.toString('base64'), encoding: 'base64', nextOffset };
  }

  async find(source: Queries, id: string): Promise<PublicationView> {
    const [row] = await source.query<Row>(`SELECT ${SUMMARY}, p.findings, p.files FROM publication p WHERE p.id = $1`, [
      id,
    ]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return { ...row, madeAt: row.madeAt.toISOString() };
  }

  async latestFingerprint(): Promise<string | undefined> {
    const [row] = await this.database.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM publication ORDER BY version DESC LIMIT 1',
    );
    return row?.fingerprint;
  }

  /** Changes with whatever an edition is made from, and with the day. */
  async marker(today: string): Promise<string> {
    const [row] = await this.database.query<{ marker: string }>(
      `SELECT concat_ws(' ', (SELECT sum(version) FROM partnership), (SELECT sum(version) FROM municipality),
         (SELECT sum(version) FROM assignment_copy), (SELECT count(*) FROM assignment_step_copy), (SELECT sum(version) FROM commitment_copy),
         (SELECT count(*) FROM payment_copy), (SELECT count(*) FROM dated_rule)) AS marker`,
    );
    return `${today} ${row?.marker ?? ''} ${await this.results.marker()}`;
  }
}
