import { randomBytes } from 'node:crypto';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

let provider: NodeTracerProvider | undefined;

/**
 * Switches spans on when a collector is configured; the tracer's code is not even loaded without one. Trace ids travel in any case, so
 * logs and problems can be joined.
 */
export async function startTracing(service: string, endpoint: string | undefined): Promise<void> {
  if (!endpoint || provider) return;
  const [{ W3CTraceContextPropagator }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-node'),
  ]);
  const { BatchSpanProcessor, NodeTracerProvider } = sdk;
  provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })),
    ],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
}

export async function stopTracing(): Promise<void> {
  await provider?.shutdown();
}

/** A fresh W3C `traceparent`, not sampled: an id for logs where no tracer runs. */
export function newTraceparent(): string {
  const bytes = randomBytes(24).toString('hex');
  return `00-${bytes.slice(0, 32)}-${bytes.slice(32)}-00`;
}

/** The trace id of a `traceparent`; a malformed one gives undefined. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent)
    ? traceparent.slice(3, 35)
    : undefined;
}

/** Runs work inside a span that continues the given trace, and hands it the traceparent to pass on. Without a collector it costs nothing. */
export async function inSpan<T>(
  name: string,
  options: { kind: keyof typeof SpanKind; traceparent: string | undefined },
  work: (traceparent: string | undefined) => Promise<T>,
): Promise<T> {
  if (!provider) return work(options.traceparent);
  const parent = propagation.extract(context.active(), { traceparent: options.traceparent });
  const span = trace.getTracer('fachkraeftefonds').startSpan(name, { kind: SpanKind[options.kind] }, parent);
  const carrier: { traceparent?: string } = {};
  const active = trace.setSpan(parent, span);
  propagation.inject(active, carrier);
  try {
    return await context.with(active, () => work(carrier.traceparent));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : 'failed' });
    throw error;
  } finally {
    span.end();
  }
}
