import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  changeExpert,
  createExpert,
  type ExpertPersonView,
  type ExpertView,
  getExpert,
  listExperts,
} from '#contracts/staffing';
import { Database, entityColumns, type Tx, visibleTo } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { sortColumns } from '../sort-columns';
import { act, EXPERT_OWNERSHIP } from './expert.act';
import { Expert } from './expert.entity';
import { type ExpertRow, expertView } from './expert.messages';

const SORTABLE = { createdAt: { column: 'expert.created_at', type: 'timestamptz' } } as const;

@Injectable()
export class ExpertService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  @Handle(createExpert)
  create(request: RequestOf<typeof createExpert>, call: Call): Promise<ExpertView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), person, ...caseData } = request;
      const expert = Object.assign(new Expert(), caseData, { id, version: 1, createdAt: this.clock.now() });
      await tx.insert(expert);
      await writePerson(tx, id, person);
      return this.view(expert, { tx, call });
    });
  }

  @act(changeExpert)
  async change(
    expert: Expert,
    { expertId, person, ...given }: RequestOf<typeof changeExpert>,
    { tx }: Act,
  ): Promise<void> {
    Object.assign(expert, given);
    if (person) await writePerson(tx, expertId, person);
  }

  async view({ id }: Expert, { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<ExpertView> {
    return this.one(await tx.query<ExpertRow>(`${this.select()} WHERE expert.id = $1`, [id]), call);
  }

  @Handle(getExpert)
  async get({ expertId }: RequestOf<typeof getExpert>, call: Call): Promise<ExpertView> {
    const parameters: unknown[] = [expertId];
    const where = ['expert.id = $1', ...visibleTo(call, EXPERT_OWNERSHIP, parameters)];
    return this.one(await this.database.query(`${this.select()} WHERE (${where.join(') AND (')})`, parameters), call);
  }

  @Handle(listExperts)
  async list(request: RequestOf<typeof listExperts>, call: Call): Promise<Page<ExpertView>> {
    const { fieldOfAction, language, citizenship, sort, limit, cursor } = request;
    const parameters: unknown[] = [];
    const where = visibleTo(call, EXPERT_OWNERSHIP, parameters);
    if (fieldOfAction) where.push(`expert.fields_of_action && $${parameters.push(fieldOfAction)}::text[]`);
    if (language) where.push(`expert.languages @> $${parameters.push(JSON.stringify([{ language }]))}::jsonb`);
    if (citizenship) where.push(`expert.citizenships @> ARRAY[$${parameters.push(citizenship)}::text]`);
    return this.database.page<ExpertRow, ExpertView>({
      select: this.select(),
      where,
      parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'expert.id',
      limit,
      cursor,
      filterHash: { list: 'experts', fieldOfAction, language, citizenship, visible: parameters },
      items: (rows) => rows.map((row) => expertView(row, call)),
    });
  }

  private one([row]: ExpertRow[], call: Call): ExpertView {
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return expertView(row, call);
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Expert, 'expert')},
      CASE WHEN person.expert_id IS NULL THEN NULL ELSE jsonb_build_object('givenNames', person.given_names,
        'familyName', person.family_name, 'birthDate', person.birth_date, 'email', person.email) END AS person
      FROM expert LEFT JOIN expert_person person ON person.expert_id = expert.id`;
  }
}

async function writePerson(tx: Tx, expertId: string, person: ExpertPersonView): Promise<void> {
  await tx.execute(
    `INSERT INTO expert_person (expert_id, given_names, family_name, birth_date, email) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT pk_expert_person DO UPDATE SET given_names = excluded.given_names,
       family_name = excluded.family_name, birth_date = excluded.birth_date, email = excluded.email`,
    [expertId, person.givenNames, person.familyName, person.birthDate, person.email],
  );
}
