import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { register } from 'prom-client';
import { PlatformConfig } from './config';
import { HealthRegistry } from './health';

/** Live, ready and metrics for operators, on a port of its own: the gateway alone serves business HTTP. */
@Injectable()
export class OpsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OpsServer.name);
  private server: Server | undefined;
  private isStopping = false;

  constructor(
    private readonly config: PlatformConfig,
    private readonly health: HealthRegistry,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { OPS_PORT, OPS_HOST } = this.config.values;
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(OPS_PORT, OPS_HOST, resolve);
    });
    this.server = server;
  }

  /** Readiness turns red first, so that no new work arrives while the rest is finished. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  onApplicationShutdown(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.url === '/health/live') return json(response, 200, { status: 'up' });
      if (request.url === '/health/ready') {
        const report = await this.health.report();
        return json(response, report.status !== 'down' && !this.isStopping ? 200 : 503, report);
      }
      if (request.url === '/metrics') {
        response.writeHead(200, { 'content-type': register.contentType }).end(await register.metrics());
        return;
      }
      json(response, 404, { status: 'not found' });
    } catch (error) {
      this.logger.error(error);
      json(response, 500, { status: 'failed' });
    }
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
