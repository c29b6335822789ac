import { loadStackSettings } from './settings';
import { welcome } from './welcome';

describe('what npm start says when it is ready', () => {
  it.each([{}, { HOST: '::1' }, { OIDC_ISSUER: 'https://login.example/realms/fund' }])(
    'fits into 80 columns: %j',
    (environment) => {
      const settings = loadStackSettings(environment);
      const text = welcome({ settings, issuer: 'http://127.0.0.1:3001', seconds: 12.3, memoryMb: 512 });
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(text).toContain(settings.HOST === '::1' ? 'http://[::1]:3000/docs' : 'http://127.0.0.1:3000/docs');
    },
  );
});
