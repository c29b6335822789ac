import { Counter, Gauge, Histogram, register } from 'prom-client';

/** A metric as it is declared, once; docs/metrics.md is made from these. */
export interface MetricDeclaration<Label extends string = string> {
  /** Ends in its unit; `_total` for a counter. */
  readonly name: string;
  /** What a person who looks at it wants to know. */
  readonly help: string;
  /** The processes that have it. */
  readonly where: 'every process' | 'every service' | 'gateway' | 'finance' | 'events';
  /** Each label with what stands in it. */
  readonly labels?: Readonly<Record<Label, string>>;
}

export interface KnownMetric extends MetricDeclaration {
  readonly kind: 'counter' | 'gauge' | 'histogram';
}

const known = new Map<string, KnownMetric>();

/** Every metric of the modules that are loaded, by name. */
export function knownMetrics(): KnownMetric[] {
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Only grows: what happened. A module that is loaded twice (tests) gets the same one. */
export function declareCounter<Label extends string = never>(declaration: MetricDeclaration<Label>): Counter<Label> {
  return (remembered('counter', declaration) as Counter<Label> | undefined) ?? new Counter(options(declaration));
}

/** How long something took, by buckets in seconds. */
export function declareHistogram<Label extends string = never>(
  declaration: MetricDeclaration<Label>,
  buckets: readonly number[],
): Histogram<Label> {
  const found = remembered('histogram', declaration) as Histogram<Label> | undefined;
  return found ?? new Histogram({ ...options(declaration), buckets: [...buckets] });
}

/** Declares what is measured at each scrape; `expose` begins it once there is something to measure, in the place of an earlier one. */
export function declareGauge<Label extends string = never>(declaration: MetricDeclaration<Label>) {
  remembered('gauge', declaration);
  return {
    expose(measure: (gauge: Gauge<Label>) => void | Promise<void>): void {
      register.removeSingleMetric(declaration.name);
      new Gauge({
        ...options(declaration),
        collect() {
          return measure(this);
        },
      });
    },
  };
}

function remembered(kind: KnownMetric['kind'], declaration: MetricDeclaration) {
  known.set(declaration.name, { ...declaration, kind });
  return register.getSingleMetric(declaration.name);
}

function options<Label extends string>({ name, help, labels }: MetricDeclaration<Label>) {
  return { name, help, labelNames: Object.keys(labels ?? {}) as Label[] };
}
