import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { metricsPage } from './metrics-page';

// `npm run metrics`: writes the page anew; a test says when that is due.
writeFileSync(join(repositoryRoot(), 'docs/metrics.md'), metricsPage());
