import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { StartUpFault } from './start-up-fault';

/**
 * Reads the environment into a typed object, once, at start. `<NAME>_FILE` names a file that holds the value, so that secrets
 * need not stand in the environment; an empty variable means the same as none. Every fault is listed in one error, a line each that
 * begins with the setting's name and never holds its value; nothing runs on a half-valid configuration.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const names = Object.keys(schema.shape);
  const values = Object.fromEntries(names.map((name) => [name, env[name] || fromFile(name, env)] as const));
  const parsed = schema.safeParse(values, { error: sentenceOf });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path[0]?.toString() ?? ''}: ${issue.message}`);
  throw new StartUpFault(`The configuration is not valid:\n${[...new Set(faults)].join('\n')}`);
}

function fromFile(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new StartUpFault(`The configuration is not valid:\n  ${name}_FILE: ${path} cannot be read (${code})`, {
      cause: error,
    });
  }
}

/** What a person can do something with, where the library speaks of types. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type')
    return `must be ${issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const [bound, limit] = issue.code === 'too_small' ? ['least', issue.minimum] : ['most', issue.maximum];
    return issue.origin === 'string' ? `must have at ${bound} ${limit} characters` : `must be at ${bound} ${limit}`;
  }
  if (issue.code === 'invalid_format') return `must be a valid ${issue.format}`;
  return undefined;
}
