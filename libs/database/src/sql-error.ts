import { AppError, type ErrorCode } from '#contracts';

/** Which refusal of a named constraint answers which code: `{ uq_payout_commitment: 'FINANCE_PAYOUT_ALREADY_MADE' }`. */
export type ConstraintCodes = Readonly<Record<string, ErrorCode>>;

interface SqlFault {
  code?: string;
  constraint?: string;
}

const RETRYABLE = new Set(['40001', '40P01']);
const INTEGRITY = new Set(['23505', '23503', '23514', '23P01', '23502']);
const UNIQUE_VIOLATION = '23505';
const LOST_SOCKET = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const LOST_TEXT =
  /connection terminated|connection ended|not queryable|client was closed|timeout exceeded when trying to connect|watchdog/i;

/** The SQLSTATE of an error that came from Postgres, however deep TypeORM or a translation wrapped it. */
export function sqlState(error: unknown): string | undefined {
  return faultOf(error)?.code;
}

/** Serialization failure or deadlock: the same transaction may well succeed when run again. */
export function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(sqlState(error) ?? '');
}

/** The connection broke or cannot be had; says nothing about the statement. */
export function isConnectionLost(error: unknown): boolean {
  for (let it: unknown = error; it instanceof Error; it = inner(it)) {
    const code = (it as SqlFault).code ?? '';
    // 57P01..03: the server shuts down or starts up; class 08: connection exceptions; 53300: no slot left.
    if (/^(08...|57P0.|53300)$/.test(code) || LOST_SOCKET.has(code) || LOST_TEXT.test(it.message)) return true;
  }
  return false;
}

/** Turns a refused constraint into the AppError it stands for; anything else passes through unchanged. */
export function translateSqlError(error: unknown, constraints: ConstraintCodes): unknown {
  if (error instanceof AppError) return error;
  const fault = faultOf(error);
  if (!fault?.code || !INTEGRITY.has(fault.code)) return error;
  const mapped = fault.constraint === undefined ? undefined : constraints[fault.constraint];
  if (mapped) return new AppError(mapped, undefined, { cause: error });
  if (fault.code === UNIQUE_VIOLATION) return new AppError('PLATFORM_RESOURCE_EXISTS', undefined, { cause: error });
  return error;
}

/** The name of the refused constraint, if the error is such a refusal. */
export function violatedConstraint(error: unknown): string | undefined {
  return faultOf(error)?.constraint;
}

function faultOf(error: unknown): SqlFault | undefined {
  for (let it: unknown = error; it instanceof Error; it = inner(it)) {
    const { code } = it as SqlFault;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return it as SqlFault;
  }
  return undefined;
}

function inner(error: Error): unknown {
  return (error as { driverError?: unknown }).driverError ?? error.cause;
}
