import { boundedText } from './bounded-text';
import { ERRORS, type ErrorCode } from './errors/index';
import type { ErrorKind } from './errors/kinds';

/** One faulty field: an RFC 6901 pointer into the request (`#/items/0/amount`), a code and a sentence. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

export type ErrorDetails = Record<string, string | number | boolean | null | readonly string[]>;

/** The closed form in which an error crosses a service boundary. */
export interface ErrorReply {
  code: ErrorCode;
  details?: ErrorDetails;
  errors?: FieldError[];
  /** For the log of the edge; never in an answer to a client. */
  reason?: string;
}

/** What an error may carry; longer texts are cut and further items left out, so that no input comes back as a large answer. */
export const ERROR_BOUNDS = { text: 500, reason: 500, items: 50, members: 50, name: 100, errors: 100 } as const;

/**
 * An expected refusal: the caller or the world is wrong. Thrown by entities and services, answered as problem+json.
 * The kind stands once, in the catalogue of codes; `details` are facts for machines (ids, states, amounts), never personal data.
 * Both are cut to ERROR_BOUNDS. `reason` says more, to operators alone: it travels between our processes, and whoever answers the
 * client logs it once; no secret and no person's data may stand in it.
 */
export class AppError extends Error {
  readonly details: ErrorDetails | undefined;
  readonly errors: FieldError[] | undefined;
  readonly reason: string | undefined;
  /** Another process answered it, and has logged what it knows; here it is only passed on. */
  readonly isPassedOn: boolean;

  constructor(
    readonly code: ErrorCode,
    details?: ErrorDetails,
    options?: { errors?: FieldError[]; reason?: string; isPassedOn?: boolean; cause?: unknown },
  ) {
    super(code, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.details = details && boundedDetails(details);
    this.errors = options?.errors && boundedErrors(options.errors);
    this.isPassedOn = options?.isPassedOn ?? false;
    this.reason = options?.reason && boundedText(options.reason, ERROR_BOUNDS.reason);
  }

  get kind(): ErrorKind {
    return ERRORS[this.code].kind;
  }

  toReply(): ErrorReply {
    return {
      code: this.code,
      ...(this.details && { details: this.details }),
      ...(this.errors && { errors: this.errors }),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }

  static fromReply(reply: ErrorReply): AppError {
    return new AppError(Object.hasOwn(ERRORS, reply.code) ? reply.code : 'PLATFORM_INTERNAL_ERROR', reply.details, {
      errors: reply.errors,
      reason: reply.reason,
      isPassedOn: true,
    });
  }
}

/** A single faulty field, refused with a pointer to it. */
export function fieldError(code: ErrorCode, pointer: string, detail: string): AppError {
  return new AppError(code, undefined, { errors: [{ pointer, code, detail }] });
}

function boundedDetails(details: ErrorDetails): ErrorDetails {
  const members = Object.entries(details).slice(0, ERROR_BOUNDS.members);
  return Object.fromEntries(
    members.map(([name, value]) => [boundedText(name, ERROR_BOUNDS.name), boundedValue(value)] as const),
  );
}

function boundedValue(value: ErrorDetails[string]): ErrorDetails[string] {
  if (typeof value === 'string') return boundedText(value, ERROR_BOUNDS.text);
  if (typeof value !== 'object' || value === null) return value;
  return value.slice(0, ERROR_BOUNDS.items).map((item) => boundedText(item, ERROR_BOUNDS.text));
}

function boundedErrors(errors: readonly FieldError[]): FieldError[] {
  const listed = errors.slice(0, ERROR_BOUNDS.errors).map(({ pointer, code, detail }) => ({
    pointer: boundedText(pointer, ERROR_BOUNDS.text),
    code: boundedText(code, ERROR_BOUNDS.name),
    detail: boundedText(detail, ERROR_BOUNDS.text),
  }));
  if (errors.length <= ERROR_BOUNDS.errors) return listed;
  return [...listed, { pointer: '#', code: 'FURTHER_ERRORS', detail: 'there are more faults than the ones listed' }];
}
