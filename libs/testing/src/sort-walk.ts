import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  type Operation,
  OPERATIONS,
  pathParameters,
  type RequestInputOf,
  type Role,
  type ServiceName,
} from '#contracts';
import type { Database } from '#database';
import { caller, type TestCaller } from './test-caller';
import type { TestService } from './test-service';

export interface SortWalk {
  readonly app: Pick<TestService, 'rpc' | 'database'>;
  readonly service: ServiceName;
  /** Ids of what has lists of its own, by the name in the path: `fundId`. */
  readonly parents?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface Orders {
  /** All that were walked. */
  readonly offered: readonly string[];
  /** Those for which Postgres sorts all rows of the list. */
  readonly sorting: readonly string[];
  /** Those for which it sorts the rows that have the same first value, which it reads from an index: cheap where few rows share one. */
  readonly sortingEquals: readonly string[];
}

/**
 * The orders of a service's lists, such as `staffing.assignment.list -startsOn`, or `finance.payout.list` where there is one only. Those that are
 * not sorting are read from an index: what a page costs does not depend on how long the list is. Lists of something, with an id in
 * their path, are walked where `parents` knows it.
 */
export async function walkSorts({ app, service, parents = {} }: SortWalk): Promise<Orders> {
  const [offered, sorting, sortingEquals]: [string[], string[], string[]] = [[], [], []];
  for (const list of OPERATIONS.filter((operation) => operation.service === service && isPaged(operation))) {
    const path = pathParameters(list.http.path);
    if (path.some((name) => parents[name] === undefined)) continue;
    const given = Object.fromEntries(path.map((name) => [name, parents[name]]));
    for (const sort of sortsOf(list)) {
      const name = `${list.subject.replace('rpc.', '')} ${sort}`.trim();
      offered.push(name);
      const request = { ...given, ...(sort && { sort: [sort] }) } as unknown as RequestInputOf<Operation>;
      const statements = await statementsDuring(app.database, () => app.rpc(list, request, seeingAll(list)));
      const plans = await Promise.all(statements.map((statement) => planOf(app.database, statement)));
      if (plans.length === 0 || plans.some((plan) => has(plan, 'Sort'))) sorting.push(name);
      else if (plans.some((plan) => has(plan, 'Incremental Sort'))) sortingEquals.push(name);
    }
  }
  return { offered, sorting, sortingEquals };
}

function isPaged({ reply }: Operation): boolean {
  return 'shape' in reply && 'page' in (reply.shape as object);
}

/** Nothing stands for the one order of a list that offers no other. */
function sortsOf({ request }: Operation): readonly string[] {
  const { sort } = request.shape as Record<string, z.ZodType | undefined>;
  if (!sort) return [''];
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
    for (const way of ['enable_sort', 'enable_seqscan']) {
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

/** Whether something is done with the rows of the list itself; what belongs to one row may be sorted. */
function has(plan: Plan, what: string): boolean {
  if (plan['Parent Relationship'] === 'SubPlan') return false;
  return plan['Node Type'] === what || (plan.Plans ?? []).some((part) => has(part, what));
}
