import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError, WaitingAnswer } from '#contracts';
import { Clock, newId, RpcClient } from '#platform';
import type { Access } from '../http/access';
import { toOpenApi } from '../openapi/schemas';
import { orAway } from '../operations/or-away';
import { groupsOf, type Part } from './waiting-groups';
import type { WaitingSource } from './waiting-source';
import { WAITING_SOURCES } from './waiting-sources';

/** As many are looked through for the most urgent of a kind. */
const READ_OF_EACH = 100;

const DESCRIPTION =
  'What somebody in one of the roles of the caller must do next, over all services, by kind: how many there are, the most urgent ' +
  'of them, and the lists that have all. A kind stands here only for roles that may do its act, and has only what the caller may ' +
  'read. The kind with the earliest deadline comes first. A service that is away is named in `unavailable`.';

/** One list of what waits for a person: each service answers by its own lists, with the caller's own rights. */
@ApiTags('waiting')
@ApiBearerAuth()
@Controller('v1/waiting')
export class WaitingController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ operationId: 'waiting_list', summary: 'See what waits for me', description: DESCRIPTION })
  @ApiResponse({ status: 200, schema: toOpenApi(WaitingAnswer, 'output') })
  async list(@Req() { admission }: FastifyRequest): Promise<WaitingAnswer> {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const { caller, token } = admission;
    const asked = WAITING_SOURCES.filter(({ roles }) => roles.some((role) => caller.roles.includes(role)));
    const parts = await Promise.all(
      asked.map(async (source) => ({ source, part: await orAway(this.read(source, token)) })),
    );
    return {
      items: groupsOf(parts.flatMap(({ part }) => part ?? [])),
      unavailable: [...new Set(parts.flatMap(({ source, part }) => (part ? [] : [source.list.service])))],
    };
  }

  private async read(source: WaitingSource, token: string): Promise<Part> {
    const { kind, list, item } = source;
    const context = { token, correlationId: newId() };
    const filter = source.filterOn(this.clock.today());
    const isPaged = 'limit' in list.request.shape;
    const { items, page } = await this.rpc.call(list, isPaged ? { ...filter, limit: READ_OF_EACH } : filter, context);
    const isAll = page?.next === undefined || page.next === null;
    const counted = isAll ? undefined : await this.rpc.call(list, { ...filter, limit: 0 }, context);
    const query = new URLSearchParams(filter).toString();
    return {
      kind,
      list: `${list.http.path}${query && '?'}${query}`,
      total: counted?.page?.total ?? items.length,
      items: items.map(item),
    };
  }
}
