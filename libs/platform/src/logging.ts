import type { Params } from 'nestjs-pino';
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import { boundedText } from '#contracts';
import type { PlatformConfig } from './config';
import { gathered, standardOutput } from './standard-output';

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

/** Longer texts are cut: what a client sent, or a database said about it, may stand in any of them. */
const TEXT_MAX = 2000;
const STACK_MAX = 4000;
const CAUSES_MAX = 3;

type LogLine = Parameters<LogFn>;

/** Structured logs on standard output, one line an event, with the service's name. */
export function loggerParams(config: PlatformConfig): Params {
  return {
    pinoHttp: {
      name: config.name,
      level: config.values.LOG_LEVEL,
      autoLogging: false,
      quietReqLogger: true,
      base: { service: config.name },
      stream: standardOutput(),
      redact: {
        paths: REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `req.headers["${field}"]`]),
        censor: '[redacted]',
      },
      // Ours gets the error itself, not what the library made of it.
      wrapSerializers: false,
      serializers: { err: (error: unknown) => errorForLog(error) },
      formatters: { log: boundedFields },
      hooks: {
        logMethod(line, method) {
          method.apply(this, boundedLine(line));
        },
      },
    },
  };
}

let lines: DestinationStream | undefined;

/**
 * For lines of our own words and numbers, which come with every request: nothing is looked for to cut out, and they are written together.
 * 2 µs instead of 33 a line, so nothing that a client or a database said may go into it.
 */
export function lineLogger({ name, values }: PlatformConfig, output?: DestinationStream): Logger {
  lines ??= gathered(standardOutput());
  return pino({ level: values.LOG_LEVEL, base: { service: name } }, output ?? lines);
}

/** What a log line says about an error: never its other members, where libraries keep the data that the error is about. */
export function errorForLog(error: unknown, depth = 0): object | undefined {
  if (!(error instanceof Error)) return { message: boundedText(String(error), TEXT_MAX) };
  const { code, constraint, details } = error as { code?: unknown; constraint?: unknown; details?: unknown };
  return {
    type: error.name,
    message: boundedText(error.message, TEXT_MAX),
    ...(typeof code === 'string' && { code: boundedText(code, 100) }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(details !== undefined && { details }),
    stack: boundedText(error.stack ?? '', STACK_MAX),
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: errorForLog(error.cause, depth + 1) }),
  };
}

export function boundedFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? boundedText(value, TEXT_MAX) : value,
    ]),
  );
}

/** An error that is logged alone lends the line its message. */
function boundedLine(line: LogLine): LogLine {
  const [first, message, ...rest] = line as unknown[];
  const text = message ?? (first instanceof Error ? first.message : undefined);
  const parts = text === undefined ? [first] : [first, text, ...rest];
  return parts.map((part) => (typeof part === 'string' ? boundedText(part, TEXT_MAX) : part)) as LogLine;
}
