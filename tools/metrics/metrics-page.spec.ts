import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownMetrics } from '#platform';
import { repositoryRoot } from '#testing/embedded';
import { metricsPage } from './metrics-page';

describe('docs/metrics.md', () => {
  it('is what the declarations say (else: npm run metrics)', () => {
    expect(readFileSync(join(repositoryRoot(), 'docs/metrics.md'), 'utf8')).toBe(metricsPage());
  });

  it('lists every metric: none is made without a declaration, and every declaration is loaded', () => {
    const sources = ['apps', 'libs'].flatMap((folder) =>
      readdirSync(join(repositoryRoot(), folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !/[.-]spec\.ts$/.test(file))
        .map((file) => ({ file, text: readFileSync(join(repositoryRoot(), folder, file), 'utf8') })),
    );
    const own = sources.filter(({ file }) => file !== join('platform', 'src', 'metrics.ts'));
    expect(
      own.filter(({ text }) => /new (Counter|Gauge|Histogram|Summary)\b/.test(text)).map(({ file }) => file),
    ).toEqual([]);
    const declared = own.flatMap(({ text }) => [...text.matchAll(/declare(?:Counter|Gauge|Histogram)\(/g)]);
    expect(knownMetrics()).toHaveLength(declared.length);
  });
});
