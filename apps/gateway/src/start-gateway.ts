import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { beatHeart, releaseStartUpMemory, runProcess, START_OPTIONS, starting } from '#platform';
import { guard, httpAdapter } from './door/http-server';
import { GatewayConfig } from './gateway-config';
import { GatewayModule } from './gateway.module';
import { compressReplies } from './http/compressed-replies';
import { serveOpenApi } from './openapi/openapi';
import { ProblemFilter } from './problems/problem.filter';
import { WebClient } from './web/web-client';

/** Starts the only process that speaks business HTTP. */
export function startGateway(): Promise<void> {
  beatHeart();
  return starting('gateway', async () => {
    const app = await createGateway();
    await runProcess(app);
    const { PORT, HOST } = app.get(GatewayConfig).values;
    await app.listen(PORT, HOST);
    releaseStartUpMemory();
  });
}

/** The gateway as an application, not yet listening: tests drive it through `app.inject`. */
export async function createGateway(module: Type = GatewayModule): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(GatewayConfig.load()), {
    ...START_OPTIONS,
    bodyParser: false,
  });
  app.useGlobalFilters(app.get(ProblemFilter));
  guard(app);
  await compressReplies(app);
  serveOpenApi(app);
  app.get(WebClient).serve(app);
  return app;
}
