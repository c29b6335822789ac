import assert from 'node:assert/strict';
import { z } from 'zod';
import { type Operation, OPERATIONS, type RequestInputOf, type Role, type ServiceName } from '#contracts';
import type { Database } from '#database';
import { caller, type TestCaller } from './test-caller';
import type { TestService } from './test-service';

export interface SortWalk {
  readonly app: Pick<TestService, 'rpc' | 'database'>;
  readonly service: ServiceName;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The sorts that a service's lists offer, such as `staffing.assignment.list -startsOn`, and those of them that Postgres has to sort
 * rows for. The others are read from an index in their order: what a page costs does not depend on how long the list is.
 */
export async function walkSorts({ app, service }: SortWalk): Promise<{ offered: string[]; sorting: string[] }> {
  const [offered, sorting]: [string[], string[]] = [[], []];
  for (const list of OPERATIONS.filter(({ subject }) => subject.startsWith(`rpc.${service}.`))) {
    for (const sort of sortsOf(list)) {
      const name = `${list.subject.replace('rpc.', '')} ${sort}`;
      offered.push(name);
      const request = { sort: [sort] } as unknown as RequestInputOf<Operation>;
      const statements = await statementsDuring(app.database, () => app.rpc(list, request, seeingAll(list)));
      const plans = await Promise.all(statements.map((statement) => planOf(app.database, statement)));
      if (plans.length === 0 || plans.some(isSorting)) sorting.push(name);
    }
  }
  return { offered, sorting };
}

function sortsOf({ request }: Operation): readonly string[] {
  const { sort } = request.shape as Record<string, z.ZodType | undefined>;
  if (!sort) return [];
  const { items } = z.toJSONSchema(sort) as { items?: { enum?: string[] } };
  return items?.enum ?? [];
}

/** A role without bounds: what an own scope adds is a filter. */
function seeingAll({ allow, subject }: Operation): TestCaller {
  const [role] = Object.entries(allow).find(([, scope]) => scope === 'any') ?? [];
  assert(role, `nobody sees all rows of ${subject}`);
  return caller(role as Role);
}

/** What a list asks of the database, outside a transaction. */
async function statementsDuring(database: Database, list: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const query = database.query.bind(database);
  database.query = (sql, parameters) => {
    if (/ORDER BY .* LIMIT/s.test(sql)) statements.push({ sql, parameters: parameters ?? [] });
    return query(sql, parameters);
  };
  try {
    await list();
  } finally {
    database.query = query;
  }
  return statements;
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string;
  readonly Plans?: readonly Plan[];
}

/** The plan where sorting is the last resort, so that it tells of a missing index however few rows a test has. */
async function planOf(database: Database, { sql, parameters }: Statement): Promise<Plan> {
  return database.transaction(async (tx) => {
    for (const way of ['enable_sort', 'enable_incremental_sort', 'enable_seqscan']) {
      await tx.query(`SET LOCAL ${way} = off`);
    }
    const explained = await tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`EXPLAIN (FORMAT JSON) ${sql}`, [
      ...parameters,
    ]);
    const plan = explained[0]?.['QUERY PLAN'][0]?.Plan;
    assert(plan, 'Postgres explains every statement');
    return plan;
  });
}

/** Whether the rows of the list itself are sorted; what belongs to one row may be. */
function isSorting(plan: Plan): boolean {
  if (plan['Parent Relationship'] === 'SubPlan') return false;
  return plan['Node Type'].includes('Sort') || (plan.Plans ?? []).some(isSorting);
}
