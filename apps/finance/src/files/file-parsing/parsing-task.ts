import type { ErrorReply } from '#contracts';

/** Work on one file that runs in the parsing process: it sees the bytes, and nothing else of the service. */
export interface ParsingTask<Batch, Result> {
  readonly name: string;
  /** Reads the file to its end. `emit` hands out what is done with, so that it need not be kept; an AppError is the refusal. */
  parse(file: AsyncIterable<Buffer>, emit: (batch: Batch) => void): Promise<Result>;
}

/** What the service says to the parsing process. The number is the file's: what is still said of an earlier one is not heard. */
export type ToParser = { readonly file: number } & (
  | { readonly type: 'start'; readonly task: string }
  | { readonly type: 'part'; readonly bytes: Buffer }
  | { readonly type: 'end' }
);

/** What the parsing process says to the service. */
export type FromParser = { readonly file: number } & (
  | { readonly type: 'more' }
  | { readonly type: 'batch'; readonly batch: unknown }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'refused'; readonly refusal: ErrorReply }
  | { readonly type: 'failed'; readonly reason: string }
);
