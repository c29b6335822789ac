import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError, SERVICE_OPERATIONS, ServiceList, SERVICES } from '#contracts';
import { authorize, HealthRegistry, newId, RpcClient, shownChecks } from '#platform';
import type { Access } from '../http/access';
import { toOpenApi } from '../openapi/schemas';
import { orAway } from '../operations/or-away';

const DESCRIPTION =
  'Health, backlog, recurring work and audit chain of each service, counted at the moment of asking. A service that does not answer ' +
  'is named in `away`, with the reason as far as it is known.';

/** How the platform stands: each service answers for itself. */
@ApiTags('services')
@ApiBearerAuth()
@Controller('v1/services')
export class ServiceController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly health: HealthRegistry,
  ) {}

  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ operationId: 'service_list', summary: 'How each service stands', description: DESCRIPTION })
  @ApiResponse({ status: 200, schema: toOpenApi(ServiceList, 'output') })
  async list(@Req() { admission }: FastifyRequest): Promise<ServiceList> {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const { caller, token } = admission;
    authorize(caller, SERVICE_OPERATIONS.finance.get);
    const context = { token, correlationId: newId() };
    const [own, ...parts] = await Promise.all([
      this.health.report(),
      ...SERVICES.map(async (service) => ({
        service,
        view: await orAway(this.rpc.call(SERVICE_OPERATIONS[service].get, {}, context)),
      })),
    ]);
    const absent = parts.flatMap(({ service, view }) => (view ? [] : [service]));
    return {
      items: parts.flatMap(({ view }) => view ?? []),
      away: await Promise.all(
        absent.map(async (service) => ({ service, checks: shownChecks(await this.rpc.health(service)) })),
      ),
      gateway: { status: own.status, checks: shownChecks(own) },
    };
  }
}
