import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { REQUEST_BYTES_MAX } from '#contracts';
import { releaseStartUpMemory, runProcess } from '#platform';
import { MERGE_PATCH } from './operations/headers';
import { UPLOAD_MEDIA_TYPES } from './operations/upload';
import { GatewayConfig } from './gateway-config';
import { GatewayModule } from './gateway.module';
import { serveOpenApi } from './openapi/openapi';
import { ProblemFilter } from './problems/problem.filter';

/** Starts the only process that speaks business HTTP. */
export async function startGateway(): Promise<void> {
  const app = await createGateway();
  await runProcess(app);
  const { PORT, HOST } = app.get(GatewayConfig).values;
  await app.listen(PORT, HOST);
  releaseStartUpMemory();
}

/** The gateway as an application, not yet listening: tests drive it through `app.inject`. */
export async function createGateway(module: Type = GatewayModule): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: REQUEST_BYTES_MAX,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  acceptMediaTypes(adapter);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(app.get(ProblemFilter));
  serveOpenApi(app);
  return app;
}

/** JSON, merge patches in JSON (RFC 7396), and files that an operation takes; every other media type is refused with 415. */
function acceptMediaTypes(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, fastify.getDefaultJsonParser('error', 'error'));
  // Left unread here: who may send it, and how large it may be, is decided before.
  fastify.addContentTypeParser([...UPLOAD_MEDIA_TYPES], (_request, payload, done) => {
    done(null, payload);
  });
}
