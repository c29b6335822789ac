import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '#contracts';
import { MessageSigner, messagingConfigFor } from '#messaging';
import { loadConfig } from '#platform';
import { StackEnvironment } from './environment';
import { loadSecrets } from './secrets';
import { loadStackSettings } from './settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fund-secrets-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the secrets of an installation', () => {
  it('are made once, and what a later version needs is added to them', async () => {
    const first = await loadSecrets(folder);
    expect(await loadSecrets(folder)).toEqual(first);
    const file = join(folder, 'secrets.json');
    const { staffing: _new, ...signingKeys } = first.signingKeys;
    writeFileSync(file, JSON.stringify({ ...first, signingKeys }));
    const later = await loadSecrets(folder);
    expect(later.signingKeys.finance).toBe(first.signingKeys.finance);
    expect(later.signingKeys.staffing).toContain('PRIVATE KEY');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(later);
  });

  it('let each service start in production, and believe the signatures of the others', async () => {
    const secrets = await loadSecrets(folder);
    const endpoints = { databaseAdminUrl: 'postgres://a@b/c', natsUrl: 'nats://b', issuer: 'http://b' };
    const environment = new StackEnvironment(loadStackSettings({ FUND_DATA_DIR: folder }), secrets, endpoints);
    for (const service of SERVICES) {
      const variables = environment.service(service);
      expect(variables['NODE_ENV']).toBe('production');
      const { SIGNING_KEY, TRUSTED_SIGNING_KEYS } = loadConfig(messagingConfigFor(service), variables);
      const { publicKey } = new MessageSigner(service, SIGNING_KEY);
      expect(TRUSTED_SIGNING_KEYS[service]?.map(({ x }) => x)).toEqual(publicKey && [publicKey.x]);
    }
  });

  it.each([
    ['the demo provider', {}, 'marked'],
    ['a provider of one’s own', { OIDC_ISSUER: 'https://login.example.org' }, undefined],
  ])('are for one visitor in all roles beside %s', async (_, provider, expected) => {
    const secrets = await loadSecrets(folder);
    const endpoints = { databaseAdminUrl: 'postgres://a@b/c', natsUrl: 'nats://b', issuer: 'http://b' };
    const settings = loadStackSettings({ FUND_DATA_DIR: folder, ...provider });
    const staffing = new StackEnvironment(settings, secrets, endpoints).service('staffing');
    expect(staffing['SELECTION_BY_ONE_PERSON']).toBe(expected);
  });
});
