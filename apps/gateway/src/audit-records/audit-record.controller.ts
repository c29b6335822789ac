import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags, type SchemaObject } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import {
  AppError,
  AUDIT_RECORD_OPERATIONS,
  AuditRecordList,
  AuditRecordQuery,
  SERVICES,
  type ServiceName,
} from '#contracts';
import { authorize, newId, parseRequest, RpcClient } from '#platform';
import type { Access } from '../http/access';
import { toOpenApi } from '../openapi/schemas';
import { orAway } from '../operations/or-away';
import { mergedPage, type Part, placesOf } from './merged-page';

const DESCRIPTION =
  "All services' parts of the audit trail as one list, newest first. Auditors see everything; everyone else sees what they did " +
  'themselves, without amounts. A service that is away is named in `unavailable`; its records follow on a later page. ' +
  'Give the filters again with each cursor.';

/** The audit trail over all services: each answers for its own part, and the parts are merged by their time. */
@ApiTags('audit-records')
@ApiBearerAuth()
@Controller('v1/audit-records')
export class AuditRecordController {
  constructor(private readonly rpc: RpcClient) {}

  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @Header('cache-control', 'private, no-cache')
  @ApiOperation({ operationId: 'audit_record_list', summary: 'Who did what, when, why', description: DESCRIPTION })
  @ApiQuery({ name: 'objectId', required: false, schema: schemaOf('objectId') })
  @ApiQuery({ name: 'actor', required: false, schema: schemaOf('actor') })
  @ApiQuery({ name: 'act', required: false, schema: schemaOf('act') })
  @ApiQuery({ name: 'from', required: false, schema: schemaOf('from') })
  @ApiQuery({ name: 'to', required: false, schema: schemaOf('to') })
  @ApiQuery({ name: 'limit', required: false, schema: schemaOf('limit') })
  @ApiQuery({ name: 'cursor', required: false, schema: schemaOf('cursor') })
  @ApiResponse({ status: 200, schema: toOpenApi(AuditRecordList, 'output') })
  async list(@Req() { admission, query }: FastifyRequest): Promise<AuditRecordList> {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const { caller, token } = admission;
    authorize(caller, AUDIT_RECORD_OPERATIONS.finance);
    const { cursor, ...filter } = parseRequest(AuditRecordQuery, query);
    const places = placesOf(cursor);
    const context = { token, correlationId: newId() };
    const parts = new Map<ServiceName, Part>();
    await Promise.all(
      SERVICES.map(async (service) => {
        const place = places[service];
        if (place === null) return;
        const asked = { ...filter, ...(place !== undefined && { cursor: place }) };
        parts.set(service, await orAway(this.rpc.call(AUDIT_RECORD_OPERATIONS[service], asked, context)));
      }),
    );
    return mergedPage(parts, places, filter.limit);
  }
}

function schemaOf(name: keyof typeof AuditRecordQuery.shape): SchemaObject {
  return toOpenApi(AuditRecordQuery.shape[name], 'input');
}
