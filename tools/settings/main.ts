import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { settingsPage } from './settings-page';

// `npm run settings`: writes the page anew; a test says when that is due.
writeFileSync(join(repositoryRoot(), 'docs/settings.md'), settingsPage());
