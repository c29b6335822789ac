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
const DISK_FULL = '53100';
/** An io_error (58030) may mean the same; only its words say so. */
const NO_ROOM_TEXT = /no space left on device|disk quota exceeded/i;
/** Class 53: out of memory or connections; 55P03 lock_timeout, 57014 statement_timeout, 57P05 idle session; class 58: the system under it. */
const UNAVAILABLE = /^(53...|55P03|57014|57P0.|58...)$/;
/** A standby, or a server that was told to take no writes: another connection may reach the one that does. */
const READ_ONLY = '25006';
const STORAGE_RETRY_SECONDS = 30;

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

/** Whether the connection must not go back to the pool: a new one may reach another server. */
export function isConnectionUseless(error: unknown): boolean {
  return isConnectionLost(error) || sqlState(error) === READ_ONLY;
}

/**
 * What a caller is told when the database cannot do its work now, whatever the work is: PLATFORM_STORAGE_FULL without room for
 * writes, PLATFORM_SERVICE_UNAVAILABLE otherwise. Nothing was changed. Undefined for an error that waiting does not cure.
 */
export function unavailability(error: unknown): AppError | undefined {
  const state = sqlState(error) ?? '';
  if (state === DISK_FULL || (UNAVAILABLE.test(state) && hasNoRoom(error)))
    return new AppError('PLATFORM_STORAGE_FULL', { retryAfterSeconds: STORAGE_RETRY_SECONDS }, { cause: error });
  if (isConnectionLost(error) || isRetryable(error) || UNAVAILABLE.test(state) || state === READ_ONLY)
    return new AppError('PLATFORM_SERVICE_UNAVAILABLE', undefined, { cause: error });
  return undefined;
}

/** Whether this says that the database cannot do its work now: the same work may well succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AppError) return AWAY.has(error.code);
  return unavailability(error) !== undefined;
}

const AWAY = new Set<ErrorCode>([
  'PLATFORM_SERVICE_UNAVAILABLE',
  'PLATFORM_STORAGE_FULL',
  'PLATFORM_DEADLINE_EXCEEDED',
]);

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

function hasNoRoom(error: unknown): boolean {
  for (let it: unknown = error; it instanceof Error; it = inner(it)) if (NO_ROOM_TEXT.test(it.message)) return true;
  return false;
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
