import { fetchKeySet } from '#platform';
import type { Check } from '../check';
import { reached } from './reached';

export const signIn: Check = {
  name: 'sign-in',
  page: 'deploy/runbooks/sign-in.md',
  examine: ({ issuer }) =>
    reached(async () => {
      const { keys } = await fetchKeySet(issuer);
      if (keys.length === 0) throw new Error(`The provider ${issuer.OIDC_ISSUER} gives no keys.`);
    }, 'Known keys count for an hour, then nobody can sign in. Nothing has to be restarted once they can be had.'),
};
