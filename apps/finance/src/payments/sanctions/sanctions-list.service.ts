import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { getSanctionsList, importSanctionsList, listSanctionsLists, type SanctionsListView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { UploadStore } from '#documents';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { FileParser } from '../../files/file-parsing/file-parser.service';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import type { SanctionedSubject } from './eu-sanctions-list';
import { NameIndex } from './name-matching';
import { type SanctionsFile, sanctionsFile, type SubjectRows } from './sanctions-file';
import { SanctionsList } from './sanctions-list.entity';
import { sanctionsListView } from './screening.messages';

type Request = RequestOf<typeof importSanctionsList>;

const DAY_MS = 86_400_000;

/** Imports editions of the sanctions list and keeps the names of the one in force at hand. */
@Injectable()
export class SanctionsListService {
  private index: { readonly listId: string; readonly names: NameIndex } | undefined;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly uploads: UploadStore,
    private readonly files: FileParser,
    private readonly clock: Clock,
  ) {}

  @Handle(importSanctionsList)
  async import(request: Request, call: Call): Promise<SanctionsListView> {
    const { edition, rows } = await this.readEdition(request, call);
    const { sha256 } = edition;
    return this.commands.run(call, async (tx) => {
      // One import at a time: the number counts up, and an older edition never follows a newer one.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.sanctions-list', 0))`);
      const known = await tx.query('SELECT FROM sanctions_list WHERE sha256 = $1', [sha256]);
      if (known.length > 0) throw new AppError('FINANCE_SANCTIONS_LIST_EXISTS', { sha256 });
      const current = await this.current(tx);
      if (current && current.generatedAt >= edition.generatedAt) {
        throw new AppError('FINANCE_SANCTIONS_LIST_OUTDATED', { inForce: current.generatedAt.toISOString() });
      }
      const list = Object.assign(new SanctionsList(), {
        id: newId(),
        number: (current?.number ?? 0) + 1,
        generatedAt: edition.generatedAt,
        globalFileId: edition.globalFileId,
        sha256,
        subjects: edition.subjects,
        names: edition.names,
        importedBy: call.caller.subject,
        importedAt: this.clock.now(),
      });
      await tx.insert(list);
      for (const some of rows) await storeSubjects(tx, list.id, some);
      return sanctionsListView(list);
    });
  }

  /** The edition in force; undefined when none was ever imported. */
  async current(tx?: Tx | Database): Promise<Columns<SanctionsList> | undefined> {
    const sql = `SELECT ${entityColumns(this.database, SanctionsList, 'l')} FROM sanctions_list l ORDER BY l.number DESC LIMIT 1`;
    const [list] = await (tx ?? this.database).query<Columns<SanctionsList>>(sql);
    return list;
  }

  /** Whether the edition in force is too old to clear anybody by: who was listed since would not be found. */
  async isTooOld(tx: Tx | Database): Promise<boolean> {
    const list = await this.current(tx);
    const days = (await paymentRulesOn(tx, this.clock.today())).value('sanctions-list-age');
    return list !== undefined && list.generatedAt.getTime() + days * DAY_MS < this.clock.now().getTime();
  }

  /** The names of the edition in force, read once per edition. FINANCE_SCREENING_NOT_CONFIGURED when there is none. */
  async names(tx: Tx | Database): Promise<{ listId: string; names: NameIndex }> {
    const list = await this.current(tx);
    if (!list) throw new AppError('FINANCE_SCREENING_NOT_CONFIGURED');
    if (this.index?.listId === list.id) return this.index;
    const subjects = await tx.query<SanctionedSubject>(
      `SELECT logical_id, reference_number, subject_type, names, towns,
         countries FROM sanctioned_subject WHERE sanctions_list_id = $1`,
      [list.id],
    );
    this.index = { listId: list.id, names: await NameIndex.build(subjects) };
    return this.index;
  }

  @Handle(getSanctionsList)
  async get({ sanctionsListId }: RequestOf<typeof getSanctionsList>): Promise<SanctionsListView> {
    return sanctionsListView(await this.database.findOrFail(SanctionsList, sanctionsListId));
  }

  @Handle(listSanctionsLists)
  async list({ isOutdated, limit, cursor }: RequestOf<typeof listSanctionsLists>): Promise<Page<SanctionsListView>> {
    const filters = new Filters();
    if (isOutdated !== undefined) {
      const outdated = (await this.isTooOld(this.database)) ? (await this.current())?.id : undefined;
      filters.add(`(l.id IS NOT DISTINCT FROM ?) = ${isOutdated}`, outdated ?? null);
    }
    return this.database.page<Columns<SanctionsList>, SanctionsListView>({
      select: `SELECT ${entityColumns(this.database, SanctionsList, 'l')} FROM sanctions_list l`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'number', column: 'l.number', type: 'int4', descending: true }],
      idColumn: 'l.id',
      limit,
      cursor,
      filterHash: { list: 'sanctions-lists', isOutdated },
      items: (rows) => rows.map(sanctionsListView),
    });
  }

  private async readEdition(
    request: Request,
    call: Call,
  ): Promise<{ edition: SanctionsFile; rows: readonly SubjectRows[] }> {
    const { contentGzip, upload } = request;
    const { result: edition, batches: rows } = upload
      ? await this.uploads.use(upload, call.caller.subject, (file) => this.files.parse(sanctionsFile, file, call))
      : await this.files.parse(sanctionsFile, decoded(contentGzip ?? ''), call);
    if (!upload && !edition.isGzip) throw invalid('the content is not gzip');
    if (request.sha256 !== undefined && request.sha256 !== edition.sha256) {
      throw invalid('the content does not have the stated sha256');
    }
    if (edition.generatedAt > this.clock.now()) throw invalid('export/@generationDate is in the future');
    return { edition, rows };
  }
}

async function* decoded(base64: string): AsyncGenerator<Buffer> {
  yield Buffer.from(base64, 'base64');
}

function invalid(problem: string): AppError {
  return new AppError('FINANCE_SANCTIONS_LIST_INVALID', { problem });
}

async function storeSubjects(tx: Tx, listId: string, rows: SubjectRows): Promise<void> {
  await tx.query(
    `INSERT INTO sanctioned_subject (sanctions_list_id, logical_id, reference_number, subject_type, names, towns, countries)
     SELECT $1, s.logical_id, s.reference_number, s.subject_type,
       ARRAY(SELECT jsonb_array_elements_text(s.names)), ARRAY(SELECT jsonb_array_elements_text(s.towns)),
       ARRAY(SELECT jsonb_array_elements_text(s.countries))
     FROM jsonb_to_recordset($2::jsonb) AS s (logical_id text, reference_number text, subject_type text, names jsonb, towns jsonb,
       countries jsonb)`,
    [listId, rows.toString()],
  );
}
