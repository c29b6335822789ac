import { Controller, Get, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import type { Caller } from '#platform';
import type { Access } from './http/access';

/** Who the caller is, as the platform sees it: a client shows only what the roles allow. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @ApiOperation({ operationId: 'me', summary: 'The signed-in user with roles and bound objects' })
  me(@Req() { admission }: FastifyRequest): Caller {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    return admission.caller;
  }
}
