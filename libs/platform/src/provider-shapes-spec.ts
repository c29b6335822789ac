import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

// What is shipped for providers of one's own, read as those providers would: tokens of tests are made from it.

const DEPLOY = join(__dirname, '../../../deploy');

/** The settings that are shipped for a provider, with the test's issuer in the place of the example. */
export function shippedSettings(folder: 'keycloak' | 'entra-id', issuer: string): Record<string, string | undefined> {
  return { ...parseEnv(readFileSync(join(DEPLOY, folder, 'fund.env'), 'utf8')), OIDC_ISSUER: issuer };
}

export interface RealmUser {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

const mapperSchema = z.object({ protocolMapper: z.string(), config: z.record(z.string(), z.string()) });
export const profileSchema = z.object({
  attributes: z.array(z.object({ name: z.string(), permissions: z.object({ edit: z.array(z.string()) }) })),
});
const realmSchema = z.object({
  roles: z.object({ client: z.record(z.string(), z.array(z.object({ name: z.string() }))) }),
  clients: z.array(z.object({ clientId: z.string(), protocolMappers: z.array(mapperSchema).default([]) })),
  clientScopeMappings: z.record(z.string(), z.array(z.object({ client: z.string(), roles: z.array(z.string()) }))),
  users: z.array(z.object({ username: z.string(), clientRoles: z.record(z.string(), z.array(z.string())) })),
  components: z.object({
    'org.keycloak.userprofile.UserProfileProvider': z.tuple([
      z.object({ config: z.object({ 'kc.user.profile.config': z.tuple([z.string()]) }) }),
    ]),
  }),
});
type Realm = z.output<typeof realmSchema>;

export function readRealm(): Realm {
  return realmSchema.parse(JSON.parse(readFileSync(join(DEPLOY, 'keycloak/realm.json'), 'utf8')));
}

/** What Keycloak's mappers of this client make of a user; those that Keycloak always has are written out. */
export function accessTokenOf(realm: Realm, clientId: string, user: RealmUser): Record<string, unknown> {
  const mappers = realm.clients.find((client) => client.clientId === clientId)?.protocolMappers ?? [];
  const token: Record<string, unknown> = {
    typ: 'Bearer',
    azp: clientId,
    sub: user.sub,
    sid: 'session',
    acr: '1',
    scope: 'profile email',
    preferred_username: 'name',
    realm_access: { roles: ['default-roles-fund', 'offline_access'] },
    aud: undefined,
  };
  for (const { protocolMapper, config } of mappers) {
    if (config['access.token.claim'] !== 'true') continue;
    if (protocolMapper === 'oidc-audience-mapper') token['aud'] = config['included.custom.audience'];
    if (protocolMapper === 'oidc-usermodel-attribute-mapper')
      token[config['claim.name'] ?? ''] = user.attributes[config['user.attribute'] ?? ''];
    if (protocolMapper !== 'oidc-usermodel-client-role-mapper') continue;
    const holder = config['usermodel.clientRoleMapping.clientId'] ?? '';
    const inScope = realm.clientScopeMappings[holder]?.find(({ client }) => client === clientId)?.roles ?? [];
    const [outer = '', , inner = ''] = (config['claim.name'] ?? '').split('.');
    token[outer] = { [holder]: { [inner]: user.roles.filter((role) => inScope.includes(role)) } };
  }
  return token;
}

export function readManifest() {
  const { appRoles, optionalClaims, api } = z
    .object({
      api: z.object({ requestedAccessTokenVersion: z.literal(2) }),
      appRoles: z.array(z.object({ value: z.string(), id: z.uuid(), allowedMemberTypes: z.array(z.string()) })),
      optionalClaims: z.object({ accessToken: z.array(z.object({ name: z.string() })) }),
    })
    .parse(JSON.parse(readFileSync(join(DEPLOY, 'entra-id/manifest.json'), 'utf8')));
  // A directory extension `extension_<application>_municipality` comes in a token as `extn.municipality`.
  const extensions = optionalClaims.accessToken.map(({ name }) => name.replace(/^extension_[0-9a-f]{32}_/, 'extn.'));
  return { roles: appRoles, extensions, version: api.requestedAccessTokenVersion };
}
