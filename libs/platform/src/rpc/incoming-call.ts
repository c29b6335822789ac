import assert from 'node:assert/strict';
import type { Scope } from '#contracts';
import type { Call } from '../call';

/** A call as a handler gets it. It remembers whether anybody has asked for the scope: an `own` scope that nobody asks for protects nothing. */
export class IncomingCall implements Call {
  readonly caller!: Call['caller'];
  readonly operation!: Call['operation'];
  readonly request: unknown;
  readonly token!: string;
  readonly idempotencyKey?: string;
  readonly expectedVersion?: number;
  readonly correlationId!: string;
  readonly deadlineAt!: number;
  readonly traceparent?: string;
  readonly language?: Call['language'];
  readonly markReplayed!: () => void;
  private isScopeAsked = false;

  constructor(
    private readonly given: Scope,
    rest: Omit<Call, 'scope'>,
  ) {
    Object.assign(this, rest);
  }

  get scope(): Scope {
    this.isScopeAsked = true;
    return this.given;
  }

  /** A bug of the handler, found where contracts are checked: it has answered for objects without asking whose they are. */
  assertScopeAsked(): void {
    assert(
      this.given === 'any' || this.isScopeAsked,
      `${this.operation.subject} answered a call of scope "own" without asking for its scope`,
    );
  }
}
