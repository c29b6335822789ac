import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { settingsPage } from './settings-page';

describe('docs/settings.md', () => {
  it('is what the schemas say (else: npm run settings)', () => {
    expect(readFileSync(join(repositoryRoot(), 'docs/settings.md'), 'utf8')).toBe(settingsPage());
  });
});
