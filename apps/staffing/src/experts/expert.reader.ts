import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { CEFR_LEVELS, type ExpertView, getExpert, listExperts } from '#contracts/staffing';
import { Database, entityColumns, type Queries, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { EXPERT_OWNERSHIP } from './expert.act';
import { Expert } from './expert.entity';
import { type ExpertRow, expertView, keepsPersons, seesPersons } from './expert.messages';
import { likelyDuplicates } from './expert-person.rows';

const SORTABLE = { createdAt: { column: 'expert.created_at', type: 'timestamptz' } } as const;

@Injectable()
export class ExpertReader {
  constructor(private readonly database: Database) {}

  @Handle(getExpert)
  async get({ expertId }: RequestOf<typeof getExpert>, call: Call): Promise<ExpertView> {
    const parameters: unknown[] = [expertId];
    const where = ['expert.id = $1', ...visibleTo(call, EXPERT_OWNERSHIP, parameters)];
    return this.shown(this.database, { where, parameters }, call);
  }

  /** The expert as the transaction left it. */
  view(source: Queries, { id }: Expert, call: Call): Promise<ExpertView> {
    return this.shown(source, { where: ['expert.id = $1'], parameters: [id] }, call);
  }

  @Handle(listExperts)
  async list(request: RequestOf<typeof listExperts>, call: Call): Promise<Page<ExpertView>> {
    const { fieldOfAction, language, level, citizenship, q, sort, limit, cursor } = request;
    // Asked by somebody who does not see names, it would tell them one after the other.
    if (q !== undefined && !seesPersons(call)) throw new AppError('PLATFORM_ACTION_NOT_ALLOWED');
    const parameters: unknown[] = [];
    const where = visibleTo(call, EXPERT_OWNERSHIP, parameters);
    if (fieldOfAction) where.push(`expert.fields_of_action && $${parameters.push(fieldOfAction)}::text[]`);
    if (language !== undefined || level !== undefined)
      where.push(`expert.languages @> ANY ($${parameters.push(spoken(language, level))}::jsonb[])`);
    if (citizenship) where.push(`expert.citizenships @> ARRAY[$${parameters.push(citizenship)}::text]`);
    if (q !== undefined) where.push(`${SEARCHED} LIKE '%' || fold($${parameters.push(literal(q))}) || '%'`);
    return this.database.page<ExpertRow, ExpertView>({
      select: this.select(),
      where,
      parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'expert.id',
      limit,
      cursor,
      filterHash: { list: 'experts', fieldOfAction, language, level, citizenship, q, visible: parameters },
      items: (rows) => rows.map((row) => expertView(row, call)),
    });
  }

  private async shown(
    source: Queries,
    { where, parameters }: { where: readonly string[]; parameters: unknown[] },
    call: Call,
  ): Promise<ExpertView> {
    const [row] = await source.query<ExpertRow>(`${this.select()} WHERE (${where.join(') AND (')})`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const likely = keepsPersons(call) && row.person ? await likelyDuplicates(source, row.id, row.person) : null;
    return expertView(row, call, likely);
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Expert, 'expert')},
      CASE WHEN person.expert_id IS NULL THEN NULL ELSE jsonb_build_object('givenNames', person.given_names,
        'familyName', person.family_name, 'birthDate', person.birth_date, 'email', person.email) END AS person
      FROM expert LEFT JOIN expert_person person ON person.expert_id = expert.id`;
  }
}

const SEARCHED = `fold(person.given_names || ' ' || person.family_name || ' ' || person.email)`;

/** A part of a text is searched as it is written: `%` and `_` are no patterns. */
function literal(q: string): string {
  return q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** The language at the asked level or a higher one, each as the document that an expert's languages contain. */
function spoken(language: string | undefined, level: (typeof CEFR_LEVELS)[number] | undefined): string[] {
  const levels = level === undefined ? [undefined] : CEFR_LEVELS.slice(CEFR_LEVELS.indexOf(level));
  return levels.map((at) => JSON.stringify([{ language, level: at }]));
}
