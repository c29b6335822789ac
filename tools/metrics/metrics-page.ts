import { type KnownMetric, knownMetrics } from '#platform';
// Each declares its metrics when it is loaded.
import '#messaging';
import '../../apps/events/src/events.module';
import '../../apps/finance/src/finance.module';
import '../../apps/gateway/src/gateway.module';

const PLACES: readonly KnownMetric['where'][] = ['every process', 'every service', 'gateway', 'finance', 'events'];

/** docs/metrics.md, made from the declarations with which the processes make their metrics. */
export function metricsPage(): string {
  const metrics = knownMetrics();
  return [
    '# Metrics',
    'Made by `npm run metrics` from their declarations; do not edit.',
    [
      'Every process shows its metrics in the Prometheus format at `/metrics` of its operations port (`OPS_PORT`), besides those of',
      'Node itself (`process_*`, `nodejs_*`). The unit is the end of the name; `_total` counts since the start of the process. What to',
      'be alarmed by stands in [deploy/README.md](../deploy/README.md#what-to-be-told-of).',
    ].join('\n'),
    ...PLACES.map((place) => section(place, metrics)),
    '',
  ].join('\n\n');
}

function section(place: KnownMetric['where'], metrics: readonly KnownMetric[]): string {
  const rows = metrics
    .filter(({ where }) => where === place)
    .map(
      ({ name, kind, help, labels = {} }) =>
        `| \`${name}\` | ${kind} | ${unitOf(name)} | ${help} | ${labelsOf(labels)} |`,
    );
  const title = `## ${place.charAt(0).toUpperCase()}${place.slice(1)}`;
  return [
    title,
    ['| metric | kind | unit | meaning | labels |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function unitOf(name: string): string {
  if (name.endsWith('_timestamp_seconds')) return 'seconds since 1970';
  if (name.endsWith('_seconds')) return 'seconds';
  return name.endsWith('_amount') ? 'major units of the currency' : 'number';
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([label, meaning]) => `\`${label}\`: ${meaning}`)
    .join('; ');
}
