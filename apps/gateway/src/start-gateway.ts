import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { runProcess } from '#platform';
import { GatewayConfig } from './gateway-config';
import { GatewayModule } from './gateway.module';
import { serveOpenApi } from './openapi/openapi';
import { ProblemFilter } from './problems/problem.filter';

const BODY_BYTES_MAX = 1024 * 1024;

/** Starts the only process that speaks business HTTP. */
export async function startGateway(): Promise<void> {
  const app = await createGateway();
  runProcess(app);
  const { PORT, HOST } = app.get(GatewayConfig).values;
  await app.listen(PORT, HOST);
}

/** The gateway as an application, not yet listening: tests drive it through `app.inject`. */
export async function createGateway(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    // A gateway behind a proxy must not believe an address that the client wrote itself; operators name their proxies.
    trustProxy: process.env.TRUSTED_PROXIES?.split(',') ?? false,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule, adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  // JSON is the API's one format; without this Nest would also register a form parser.
  app.useGlobalFilters(app.get(ProblemFilter));
  serveOpenApi(app);
  return app;
}
