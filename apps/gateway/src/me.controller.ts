import { Controller, Get, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, TokenVerifier } from '#platform';
import { bearerToken } from './operations/headers';

/** Who the caller is, as the platform sees it: a client shows only what the roles allow. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(private readonly tokens: TokenVerifier) {}

  @Get()
  @ApiOperation({ operationId: 'me', summary: 'The signed-in user with roles and bound objects' })
  me(@Req() request: FastifyRequest): Promise<Caller> {
    return this.tokens.verify(bearerToken(request));
  }
}
