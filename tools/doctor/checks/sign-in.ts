import { z } from 'zod';
import { type Check, type Finding, NotExamined } from '../check';
import { askHttp } from '../http';

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keysSchema = z.object({ keys: z.array(z.object({ kty: z.string() })).min(1) });

const REMEDY = 'Nobody can sign in for long. Look whether the provider is well, and at OIDC_ISSUER and OIDC_JWKS_URL.';

export const signIn: Check = {
  name: 'sign-in',
  page: 'deploy/runbooks/sign-in.md',
  run: async ({ settings: { OIDC_ISSUER: issuer, OIDC_JWKS_URL: given } }) => {
    if (!issuer) throw new NotExamined('OIDC_ISSUER is not set');
    if (given) return keysAt(given);
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await askHttp(url);
    if ('fault' in answer) return finding(`The identity provider ${issuer} does not answer (${answer.fault}).`);
    const metadata = metadataSchema.safeParse(answer.json);
    if (!metadata.success) return finding(`${url} answers ${answer.status} and no description of a provider.`);
    if (metadata.data.issuer !== issuer)
      return finding(`The provider at ${issuer} calls itself ${metadata.data.issuer}; its tokens are refused.`);
    return keysAt(metadata.data.jwks_uri);
  },
};

async function keysAt(url: string): Promise<Finding[]> {
  const answer = await askHttp(url);
  if ('fault' in answer) return finding(`The provider's keys at ${url} cannot be had (${answer.fault}).`);
  if (answer.status === 200 && keysSchema.safeParse(answer.json).success) return [];
  return finding(`${url} answers ${answer.status} and no keys.`);
}

function finding(sentence: string): Finding[] {
  return [{ sentence, remedy: REMEDY }];
}
