import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { ServiceName } from '#contracts';
import { natsPasswordEnvironment } from '#testing/embedded';
import { providerKeysFile, type Secrets, trustedSigningKeys } from './secrets';
import type { StackSettings } from './settings';
import { opsPortOffset, SERVICE_NAMES } from './service-names';

export type Environment = Record<string, string>;

/** Where the servers are that everything else connects to. */
export interface Endpoints {
  readonly databaseAdminUrl: string;
  readonly natsUrl: string;
  readonly issuer: string;
}

/** The one table of what each process is told. Docker compose and Kubernetes set the same variables. */
export class StackEnvironment {
  constructor(
    private readonly settings: StackSettings,
    private readonly secrets: Secrets,
    private readonly endpoints: Endpoints,
  ) {}

  service(service: ServiceName): Environment {
    return {
      ...this.common(service),
      DATABASE_URL: this.databaseUrl(service),
      CURSOR_SECRET: this.secrets.cursors[service],
      ANSWER_KEYS: this.secrets.answerKeys[service],
      OPS_PORT: String(opsPort(this.settings, service)),
      CHECKPOINT_KEY: this.secrets.checkpointKeys[service],
      CHECKPOINT_DIRECTORY: checkpointFolder(this.settings),
      TRUSTED_SIGNING_KEYS: trustedSigningKeys(this.secrets.signingKeys),
      ...((service === 'finance' || service === 'staffing') && { SIGNING_KEY: this.secrets.signingKeys[service] }),
      // One visitor plays everybody here; beside a provider of one's own people are real (docs/adr/0042-selection-by-one-person.md).
      ...(service === 'staffing' && !this.settings.OIDC_ISSUER && { SELECTION_BY_ONE_PERSON: 'marked' }),
      ...(service === 'events' && {
        PUBLIC_URL: publicAddress(this.settings),
        MAIL_FOLDER: mailFolder(this.settings),
        ...given(MAIL_SETTINGS),
      }),
      ...(service === 'finance' && {
        WEBHOOK_SECRET_KEY: this.secrets.webhookSecretKey,
        WEBHOOK_ALLOWED_HOSTS: this.settings.WEBHOOK_ALLOWED_HOSTS,
        ...(!this.settings.OIDC_ISSUER && DEMO_DATEV_NUMBERS),
        ...given(Object.keys(DEMO_DATEV_NUMBERS)),
      }),
    };
  }

  gateway(): Environment {
    const { PORT, HOST, RATE_LIMIT_FACTOR } = this.settings;
    return {
      ...given(STEP_UP_SETTINGS),
      ...this.common('gateway'),
      PORT: String(PORT),
      HOST,
      OPS_PORT: String(opsPort(this.settings, 'gateway')),
      RATE_LIMIT_FACTOR: String(RATE_LIMIT_FACTOR),
      PUBLIC_URL: publicAddress(this.settings),
      SESSION_KEYS: this.secrets.sessionKeys,
      ...(this.settings.OIDC_ISSUER && given(OWN_CLIENT_SETTINGS)),
    };
  }

  identityProvider(): Environment {
    const { OIDC_PORT, OIDC_AUDIENCE, dataFolder } = this.settings;
    return {
      // The stack is a demonstration on this machine; `production` is refused by the provider.
      NODE_ENV: 'development',
      OIDC_ISSUER: this.endpoints.issuer,
      OIDC_AUDIENCE,
      OIDC_PORT: String(OIDC_PORT),
      OIDC_KEYS_FILE: providerKeysFile(dataFolder),
      WEB_ORIGIN: publicAddress(this.settings),
    };
  }

  migration(): Environment {
    const passwords = SERVICE_NAMES.map((service): [string, string] => [
      `DATABASE_PASSWORD_${service.toUpperCase()}`,
      this.secrets.databaseRoles[service],
    ]);
    return {
      DATABASE_ADMIN_URL: this.endpoints.databaseAdminUrl,
      ...Object.fromEntries(passwords),
      DATABASE_PASSWORD_AUDIT: this.secrets.auditRole,
      NATS_URL: this.endpoints.natsUrl,
      NATS_ADMIN_USER: 'admin',
      NATS_ADMIN_PASSWORD: this.secrets.nats.admin,
    };
  }

  /** What the programs around the platform (seed, demo) need. */
  client(): Environment {
    return {
      FUND_API_URL: gatewayAddress(this.settings),
      OIDC_ISSUER: this.endpoints.issuer,
      NATS_URL: this.endpoints.natsUrl,
      ...natsPasswordEnvironment(this.secrets.nats),
    };
  }

  private common(name: ServiceName | 'gateway'): Environment {
    const { OIDC_AUDIENCE, OIDC_JWKS_URL, LOG_LEVEL } = this.settings;
    return {
      NODE_ENV: 'production',
      LOG_LEVEL,
      NATS_URL: this.endpoints.natsUrl,
      NATS_USER: name,
      NATS_PASSWORD: this.secrets.nats[name],
      OIDC_ISSUER: this.endpoints.issuer,
      OIDC_AUDIENCE,
      ...(OIDC_JWKS_URL && { OIDC_JWKS_URL }),
      // The demo provider has its own way to write tokens, whatever is set for another one.
      ...(this.settings.OIDC_ISSUER && given(OWN_PROVIDER_SETTINGS)),
    };
  }

  private databaseUrl(service: ServiceName): string {
    const url = new URL(this.endpoints.databaseAdminUrl);
    url.username = `svc_${service}`;
    url.password = this.secrets.databaseRoles[service];
    return url.toString();
  }
}

/** Outside the database's folder, as on a machine of its own: an administrator of the database does not write here. */
export function checkpointFolder({ dataFolder }: StackSettings): string {
  return join(dataFolder, 'checkpoints');
}

/** Where mails to participants become files, unless a mail server is named. */
export function mailFolder({ dataFolder }: StackSettings): string {
  return join(dataFolder, 'mail');
}

export function gatewayAddress({ PORT, HOST }: StackSettings): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[HOST] ?? HOST;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${PORT}`;
}

/** Where browsers reach the platform. */
export function publicAddress(settings: StackSettings): string {
  return settings.PUBLIC_URL ?? gatewayAddress(settings);
}

export function opsPort({ OPS_PORTS_FROM }: StackSettings, name: ServiceName | 'gateway'): number {
  return OPS_PORTS_FROM + opsPortOffset(name);
}

/** How tokens of a provider of one's own look; docs/identity-provider.md. */
export const OWN_PROVIDER_SETTINGS = [
  'OIDC_KEYS_REFRESH_SECONDS',
  'OIDC_KEYS_STALE_MINUTES',
  'OIDC_TOKEN_LIFE_MAX_MINUTES',
  'OIDC_TOKEN_TYPES',
  'OIDC_TOKEN_CLAIM',
  'OIDC_CLAIM_ROLES',
  'OIDC_CLAIM_MUNICIPALITY',
  'OIDC_CLAIM_EXPERT',
  'OIDC_ROLE_PREFIX',
  'OIDC_ROLE_MAP',
];

/** Invented, as everything of the demonstration; beside a provider of one's own they have to be set. */
const DEMO_DATEV_NUMBERS = { DATEV_CONSULTANT_NUMBER: '1001', DATEV_CLIENT_NUMBER: '1' };

/** A mail server of one's own; docs/settings.md. */
const MAIL_SETTINGS = [
  'MAIL_SMTP_HOST',
  'MAIL_SMTP_PORT',
  'MAIL_SMTP_TLS',
  'MAIL_SMTP_USER',
  'MAIL_SMTP_PASSWORD',
  'MAIL_SMTP_PASSWORD_FILE',
  'MAIL_FROM',
];

/** As which client people sign in at it. */
const OWN_CLIENT_SETTINGS = [
  'OIDC_WEB_CLIENT_ID',
  'OIDC_WEB_CLIENT_SECRET',
  'OIDC_WEB_CLIENT_SECRET_FILE',
  'OIDC_WEB_SCOPES',
];

/** What payments ask of a sign-in, at whichever provider; docs/identity-provider.md. */
const STEP_UP_SETTINGS = ['STEP_UP_MAX_AGE_MINUTES', 'STEP_UP_ACR'];

/** What the runtime needs from outside; settings of the platform come from the table alone. */
export function inherited(): Environment {
  const names = [
    'PATH',
    'HOME',
    'TZ',
    'LANG',
    'NODE_COMPILE_CACHE',
    'NODE_EXTRA_CA_CERTS',
    'NATS_CA_FILE',
    'NATS_CERT_FILE',
    'NATS_KEY_FILE',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ];
  return given(names);
}

function given(names: readonly string[]): Environment {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
