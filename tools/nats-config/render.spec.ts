import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { PERMISSIONS } from './permissions';
import { natsConfigFiles } from './render';

const FOLDER = join(repositoryRoot(), 'deploy', 'nats');

describe('the NATS configuration in deploy/nats', () => {
  const files = natsConfigFiles();

  it.each(Object.keys(files))('%s is what the contracts say (else: npm run nats-config)', (name) => {
    expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(files[name]);
  });

  it('has a permission file for each user and for nobody else', () => {
    expect(readdirSync(join(FOLDER, 'permissions')).sort()).toEqual(
      Object.keys(PERMISSIONS)
        .map((user) => `${user}.conf`)
        .sort(),
    );
  });

  it('gives nobody every subject, and nobody the inbox of another', () => {
    for (const [user, { publish, subscribe }] of Object.entries(PERMISSIONS)) {
      const subjects = [...publish, ...subscribe];
      expect(subjects.filter((subject) => /^[>*]/.test(subject) || subject.startsWith('_INBOX.'))).toEqual([]);
      expect(subjects.filter((subject) => subject.startsWith('_INBOX'))).toEqual([`_INBOX_${user}.>`]);
    }
  });

  it('lets only finance publish what finance decided', () => {
    const publishers = Object.entries(PERMISSIONS).filter(([, { publish }]) =>
      publish.some((it) => it.startsWith('evt.finance')),
    );
    expect(publishers.map(([user]) => user)).toEqual(['finance']);
  });
});
