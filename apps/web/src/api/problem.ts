/** One faulty field as the server names it: an RFC 6901 pointer into the request, a code and a sentence. */
export interface FieldFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly traceId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldFault[];
}

/** A refusal of the server (RFC 9457), or that it could not be reached: status 0. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly traceId: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldFault[];

  constructor(body: ProblemBody, options?: ErrorOptions) {
    super(`${body.code}: ${body.detail}`, options);
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code;
    this.detail = body.detail;
    this.traceId = body.traceId;
    this.details = body.details ?? {};
    this.errors = body.errors ?? [];
  }

  /** The service does not answer now and will again: the page waits and asks once more. */
  get isAway(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status);
  }

  get isSignedOut(): boolean {
    return this.status === 401 && !this.needsStepUp;
  }

  /** The act wants a sign-in that is newer or stronger than that of the session. */
  get needsStepUp(): boolean {
    return this.code === 'PLATFORM_AUTHENTICATION_INSUFFICIENT';
  }

  /** It was decided, and nothing was done: whoever asks once more asks anew. A first request that still runs has decided nothing. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500 && !this.isAway && this.code !== 'PLATFORM_REQUEST_IN_PROGRESS';
  }

  /** Somebody changed the object since it was read. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

/** What an answer that is no success says; a proxy's page in place of a problem counts as the status alone. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = response.headers.get('content-type')?.includes('json')
    ? await response.json().catch(() => undefined)
    : undefined;
  return new Problem({ code: 'UNKNOWN', detail: '', ...(isRecord(body) ? body : {}), status: response.status });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
