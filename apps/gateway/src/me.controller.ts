import { Controller, Get, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { AppError, Written } from '#contracts';
import type { Caller } from '#platform';
import type { Access } from './http/access';

/** As the provider writes it (OpenID Connect Core 5.1); shown to the person and kept nowhere. A token without it is as good. */
const displayName = Written(200).min(1);

/** Who the caller is, as the platform sees it: a client shows only what the roles allow. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @ApiOperation({ operationId: 'me', summary: 'The signed-in user with roles and bound objects' })
  me(@Req() { admission }: FastifyRequest): Caller & { name?: string } {
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    const name = displayName.safeParse(decodeJwt(admission.token).name);
    return { ...admission.caller, ...(name.success && { name: name.data }) };
  }
}
