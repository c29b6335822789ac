import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import {
  AppError,
  CaseNumber,
  caseKindOf,
  caseNumberIn,
  fieldError,
  SearchAnswer,
  type SearchHit,
  SearchQuery,
} from '#contracts';
import { type Caller, newId, parseRequest, RpcClient } from '#platform';
import type { Access } from '../http/access';
import { toOpenApi } from '../openapi/schemas';
import { askedBy, NAMED_SOURCES, type Source, sourcesByNumber } from './search-sources';

const DESCRIPTION =
  'Looks through partnerships, municipalities, requests, people, assignments, payouts, payment runs, claims, events and registrations, ' +
  'each by the lists that the caller may read, ten of a kind at most. A case number finds its case alone. ' +
  'A service that is away is named in `unavailable`.';

/** One search over all services: each answers by its own list, with the caller's own rights. */
@ApiTags('search')
@ApiBearerAuth()
@Controller('v1/search')
export class SearchController {
  constructor(private readonly rpc: RpcClient) {}

  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ operationId: 'search', summary: 'Find a case by its number or a name', description: DESCRIPTION })
  @ApiQuery({ name: 'q', required: true, schema: toOpenApi(SearchQuery.shape.q, 'input') })
  @ApiResponse({ status: 200, schema: toOpenApi(SearchAnswer, 'output') })
  async search(@Req() { admission, query }: FastifyRequest): Promise<SearchAnswer> {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const { caller, token } = admission;
    const { q } = parseRequest(SearchQuery, query);
    const { sources, filter } = plannedFor(q);
    const context = { token, correlationId: newId() };
    const parts = await Promise.all(
      sources
        .filter(({ operation }) => mayRead(caller, operation.allow))
        .map(async (source) => ({
          source,
          hits: await orAway(this.rpc.call(source.operation, askedBy(filter), context), source),
        })),
    );
    const away = parts.flatMap(({ source, hits }) => (hits ? [] : [source.operation.service]));
    return { items: parts.flatMap(({ hits }) => hits ?? []), unavailable: [...new Set(away)] };
  }
}

function plannedFor(q: string): { sources: readonly Source[]; filter: Parameters<typeof askedBy>[0] } {
  const caseNumber = caseNumberIn(q);
  if (caseNumber === undefined) return { sources: NAMED_SOURCES, filter: { q } };
  const checked = CaseNumber.safeParse(caseNumber);
  if (!checked.success) {
    throw fieldError('PLATFORM_REQUEST_INVALID', '#/q', checked.error.issues[0]?.message ?? 'no case number');
  }
  return { sources: sourcesByNumber(caseKindOf(caseNumber)), filter: { caseNumber } };
}

function mayRead({ roles }: Caller, allow: Source['operation']['allow']): boolean {
  return roles.some((role) => allow[role] !== undefined);
}

/** Undefined for a service that is away. Who may read a list without the names in it is answered nothing by name. */
async function orAway(answer: Promise<{ items: unknown[] }>, source: Source): Promise<SearchHit[] | undefined> {
  try {
    return (await answer).items.map(source.hit);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === 'unavailable' || error.kind === 'timeout') return undefined;
    if (error.kind === 'forbidden') return [];
    throw error;
  }
}
