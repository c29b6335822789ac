import { Injectable } from '@nestjs/common';
import {
  AppError,
  type changeExpert,
  type createExpert,
  type ExpertPersonView,
  type ExpertView,
  type getExpert,
  type listExperts,
  type Page,
  type RequestOf,
} from '#contracts';
import { Database, entityColumns, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { sortColumns } from '../sort-columns';
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

  create(request: RequestOf<typeof createExpert>, call: Call): Promise<ExpertView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), person, ...caseData } = request;
      const expert = Object.assign(new Expert(), caseData, { id, version: 1, createdAt: this.clock.now() });
      await tx.insert(expert);
      await writePerson(tx, id, person);
      return this.one(await tx.query<ExpertRow>(`${this.select()} WHERE expert.id = $1`, [id]), call);
    });
  }

  change({ expertId, person, ...given }: RequestOf<typeof changeExpert>, call: Call): Promise<ExpertView> {
    return this.commands.run(call, async (tx) => {
      if (call.scope === 'own' && call.caller.expertId !== expertId) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      const expert = await tx.lockOrFail(Expert, expertId, call.expectedVersion);
      Object.assign(expert, given);
      await tx.update(expert);
      if (person) await writePerson(tx, expertId, person);
      return this.one(await tx.query<ExpertRow>(`${this.select()} WHERE expert.id = $1`, [expertId]), call);
    });
  }

  async get({ expertId }: RequestOf<typeof getExpert>, call: Call): Promise<ExpertView> {
    const parameters: unknown[] = [expertId];
    const where = ['expert.id = $1', ...visibleExperts(call, parameters)];
    return this.one(await this.database.query(`${this.select()} WHERE (${where.join(') AND (')})`, parameters), call);
  }

  async list(request: RequestOf<typeof listExperts>, call: Call): Promise<Page<ExpertView>> {
    const { fieldOfAction, language, citizenship, sort, limit, cursor } = request;
    const parameters: unknown[] = [];
    const where = visibleExperts(call, parameters);
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

/** An expert sees the own record; a municipality the experts of assignments in its partnerships. */
function visibleExperts(call: Call, parameters: unknown[]): string[] {
  if (call.scope === 'any') return [];
  const { expertId, municipalityId } = call.caller;
  const own: string[] = [];
  if (expertId !== undefined) own.push(`expert.id = $${parameters.push(expertId)}::uuid`);
  if (municipalityId !== undefined) {
    own.push(
      `EXISTS (SELECT FROM assignment JOIN partnership_participant_copy participant
         ON participant.partnership_id = ANY (assignment.partnership_ids)
         WHERE assignment.expert_id = expert.id AND assignment.status <> 'CANCELLED'
           AND participant.municipality_id = $${parameters.push(municipalityId)}::uuid)`,
    );
  }
  return [own.length > 0 ? own.join(' OR ') : 'false'];
}

async function writePerson(tx: Tx, expertId: string, person: ExpertPersonView): Promise<void> {
  await tx.execute(
    `INSERT INTO expert_person (expert_id, given_names, family_name, birth_date, email) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT pk_expert_person DO UPDATE SET given_names = excluded.given_names,
       family_name = excluded.family_name, birth_date = excluded.birth_date, email = excluded.email`,
    [expertId, person.givenNames, person.familyName, person.birthDate, person.email],
  );
}
