const ANSWER_LIMIT_MS = 4_000;

export interface HttpAnswer {
  readonly status: number;
  /** The body, when it is JSON. */
  readonly json: unknown;
  readonly text: string;
  /** What the server's clock said, and between which moments of ours it said so. */
  readonly clock: { readonly said: Date | undefined; readonly from: Date; readonly to: Date };
}

/** One GET, within four seconds; whatever keeps it from being answered is told in a few words. */
export async function askHttp(
  url: string,
  now: () => Date = () => new Date(),
): Promise<HttpAnswer | { fault: string }> {
  try {
    const from = now();
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    const to = now();
    const text = await response.text();
    const date = response.headers.get('date');
    return {
      status: response.status,
      json: parsed(text),
      text,
      clock: { said: date === null ? undefined : new Date(date), from, to },
    };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${ANSWER_LIMIT_MS / 1000} s`;
  const { code, message: reason } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? reason ?? message;
}
