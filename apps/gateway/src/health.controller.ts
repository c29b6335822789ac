import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { Access } from './http/access';
import { Readiness } from './readiness';

const FREE: Access = { kind: 'free' };

/** For everybody: whether it works. Why it does not is on the operations port. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @RouteConfig({ access: FREE })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @RouteConfig({ access: FREE })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const summary = await this.readiness.summary();
    void reply
      .code(summary.status === 'down' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(summary);
  }
}
