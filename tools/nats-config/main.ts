import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { natsConfigFiles } from './render';

const folder = join(repositoryRoot(), 'deploy', 'nats');
for (const [name, content] of Object.entries(natsConfigFiles())) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
