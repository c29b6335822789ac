import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AsyncMicroserviceOptions } from '@nestjs/microservices';
import { Logger } from 'nestjs-pino';
import { collectDefaultMetrics } from 'prom-client';
import { PlatformConfig } from './config';
import { beatHeart } from './heartbeat';
import { RpcServer } from './rpc/rpc-server';
import { releaseStartUpMemory } from './start-up-memory';
import { starting } from './settings';
import { startTracing, stopTracing } from './tracing';

const SHUTDOWN_LIMIT_MS = 15_000;

/** The Nest options of every service: our transport, built by Nest's own injection. */
export const SERVICE_OPTIONS: AsyncMicroserviceOptions = {
  inject: [RpcServer],
  useFactory: (server: RpcServer) => ({ strategy: server }),
};

/** A start that fails is told by `starting`, once: Nest's own line of it is kept back. */
export const START_OPTIONS = { bufferLogs: true, autoFlushLogs: false, abortOnError: false } as const;

/** What every service's `main.ts` calls: starts the module, listens on NATS, and stops in order on SIGTERM. */
export function startService(service: string, module: Type): Promise<void> {
  beatHeart();
  return starting(service, async () => {
    const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(module, {
      ...SERVICE_OPTIONS,
      ...START_OPTIONS,
    });
    await runProcess(app);
    await app.listen();
    releaseStartUpMemory();
  });
}

/** Process-wide set-up that services and gateway share: logs, metrics, traces, signals. */
export async function runProcess(app: INestApplicationContext): Promise<void> {
  const { name, values } = app.get(PlatformConfig);
  const logger = app.get(Logger);
  app.useLogger(logger);
  app.flushLogs();
  collectDefaultMetrics();
  await startTracing(name, values.OTEL_EXPORTER_OTLP_ENDPOINT);
  app.enableShutdownHooks();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void stopTracing();
      // A hanging dependency must not keep a stopped process alive for ever.
      setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    });
  }
  // The embedded stack's supervisor holds the other end: without it nobody would ever stop this process.
  if (process.channel) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.on('unhandledRejection', (reason) => {
    logger.fatal({ err: reason }, 'unhandled rejection; ending the process');
    process.exit(1);
  });
}
