import type { Params } from 'nestjs-pino';
import type { PlatformConfig } from './config';

// A log never holds credentials or persons: fields that could are cut wherever a log line carries them.
const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'iban',
  'bic',
  'holder',
  'email',
  'birthDate',
  'familyName',
  'givenNames',
];

/** Structured logs on standard output, one line an event, with the service's name. */
export function loggerParams(config: PlatformConfig): Params {
  return {
    pinoHttp: {
      name: config.name,
      level: config.values.LOG_LEVEL,
      autoLogging: false,
      quietReqLogger: true,
      base: { service: config.name },
      redact: {
        paths: REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `req.headers["${field}"]`]),
        censor: '[redacted]',
      },
    },
  };
}
