import { Controller, Get, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import type { Access } from '../http/access';
import { ChangeStreams } from './change-streams';

/** Tells a client what changed of what it shows, as it changes. */
@ApiTags('changes')
@ApiBearerAuth()
@Controller('v1/changes')
export class ChangesController {
  constructor(private readonly streams: ChangeStreams) {}

  @Get()
  @RouteConfig({ access: { kind: 'signed-in' } satisfies Access })
  @ApiOperation({
    operationId: 'changes',
    summary: 'What changes, as server-sent events',
    description:
      '`ready` once; `changed` with `resource` (as in the path), `id` and, where known, `version`, of what the caller may read; without an `id` for many at once. `reset`: something may have been missed, read anew what is shown. `Last-Event-ID` resumes. It says nothing else: read the resource.',
  })
  @ApiProduces('text/event-stream')
  changes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { admission, headers } = request;
    if (!admission) throw new AppError('PLATFORM_TOKEN_INVALID');
    if (!/text\/event-stream|\*\/\*|text\/\*/.test(headers.accept ?? '*/*'))
      throw new AppError('PLATFORM_NOT_ACCEPTABLE');
    const { readable } = this.streams.open(admission.caller, request);
    void reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // For proxies that would hold it back.
      .header('x-accel-buffering', 'no')
      .send(readable);
  }
}
