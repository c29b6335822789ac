import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import { call } from './call';
import { Problem } from './problem';
import { list, put, remove } from './vault';

/** What a person wants done, written down before it is sent: sent again, however often, it happens once. */
export interface Letter {
  /** The Idempotency-Key. */
  readonly id: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly version?: number | undefined;
  /** What it is, in the words of the page that wrote it. */
  readonly title: string;
  /** Where it was written. */
  readonly address: string;
  /** The draft that it was made from, which goes when it has arrived. */
  readonly draft: string;
  /** What the server had against it; a person has to look. */
  readonly fault?: { readonly isStale: boolean; readonly detail: string } | undefined;
}

const PLACE = 'letter.';

/** For useQuery: whatever has not arrived. */
export const waitingLetters = { queryKey: ['letters'], queryFn: letters };

function letters(): Promise<Letter[]> {
  return list<Letter>(PLACE);
}

/** Sends a letter that is written down first. Answers undefined when there is no line: it goes later, by itself. */
export async function post<O extends Operation>(
  operation: O,
  input: RequestInputOf<O>,
  about: Pick<Letter, 'id' | 'version' | 'title' | 'address' | 'draft'>,
): Promise<ReplyOf<O> | undefined> {
  const letter: Letter = { ...about, operation: operation.subject, input };
  await put(PLACE + letter.id, letter);
  return inTurn(async () => {
    // Whoever hands in the same once more has changed it.
    for (const { id, draft } of await letters())
      if (draft === letter.draft && id !== letter.id) await remove(PLACE + id);
    try {
      return await deliver(operation, letter);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (mayGoLater(error)) return undefined;
      // The form shows it: the person goes on there.
      await remove(PLACE + letter.id);
      throw error;
    }
  });
}

/** Sends whatever waits. Answers what has arrived. */
export function sendWaiting(operationOf: (subject: string) => Operation | undefined): Promise<Letter[]> {
  return inTurn(async () => {
    const arrived: Letter[] = [];
    for (const letter of await letters()) {
      const operation = letter.fault ? undefined : operationOf(letter.operation);
      if (!operation) continue;
      try {
        await deliver(operation, letter);
        arrived.push(letter);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (mayGoLater(error)) break;
        await put(PLACE + letter.id, {
          ...letter,
          fault: { isStale: error.isStale || error.status === 409, detail: error.detail },
        });
      }
    }
    return arrived;
  });
}

/** Gives up what was refused, with the draft that it was made from. */
export function discard({ id, draft }: Letter): Promise<void> {
  return inTurn(async () => {
    await remove(PLACE + id);
    await remove(draft);
  });
}

async function deliver<O extends Operation>(operation: O, letter: Letter): Promise<ReplyOf<O>> {
  const { id, input, version, draft } = letter;
  const reply = await call(operation, input as RequestInputOf<O>, { version, idempotencyKey: id });
  await remove(PLACE + id);
  await remove(draft);
  return reply;
}

function mayGoLater(problem: Problem): boolean {
  return problem.isAway || problem.isSignedOut || problem.code === 'PLATFORM_REQUEST_IN_PROGRESS';
}

/** One at a time, in all windows of this browser. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('outbox', work);
}
