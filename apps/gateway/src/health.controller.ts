import { Controller, Get, Header, type OnModuleInit, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { SERVICES } from '#contracts';
import { HealthRegistry, RpcClient } from '#platform';

/** For operators. The gateway is ready while it reaches NATS; a service that is away only degrades its own routes. */
@ApiExcludeController()
@Controller()
export class HealthController implements OnModuleInit {
  constructor(
    private readonly health: HealthRegistry,
    private readonly rpc: RpcClient,
  ) {}

  /** From the start on, so that a service that is away is known before the first request for it. */
  async onModuleInit(): Promise<void> {
    await Promise.all(SERVICES.map((service) => this.rpc.watch(service)));
  }

  @Get('health/live')
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const own = await this.health.report();
    const services = await Promise.all(
      SERVICES.map(async (service) => [service, await this.rpc.health(service)] as const),
    );
    const isWhole = services.every(([, report]) => report.status === 'up');
    const status = own.status === 'down' ? 'down' : isWhole ? 'up' : 'degraded';
    void reply
      .code(own.status === 'up' ? 200 : 503)
      .send({ status, checks: own.checks, services: Object.fromEntries(services) });
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics(): Promise<string> {
    return register.metrics();
  }
}
