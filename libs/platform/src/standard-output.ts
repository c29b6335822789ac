import { destination, type DestinationStream } from 'pino';

/** So long may a line that is written together with others wait. */
const GATHER_MS = 50;
const GATHERED_BYTES_MAX = 32 * 1024;

/** Lines that a slow reader leaves in memory; what comes on top is dropped. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/** Where logs go. A full disk under it or a reader that is gone costs lines, never the process: no line is worth a payment. */
export function standardOutput(): DestinationStream {
  // One for the process: two would cut into each other's lines where a reader is slow.
  shared ??= openStandardOutput();
  return shared;
}

let shared: DestinationStream | undefined;

function openStandardOutput(): DestinationStream {
  const output = destination({ dest: 1, minLength: 0, maxLength: WAITING_BYTES_MAX });
  // What could not be written is tried again with the next line; there is no other place to say so.
  output.on('error', () => undefined);
  return output;
}

/**
 * Writes the lines of a moment in one go, for lines that come by the thousand: a process that is killed loses those of the last 50 ms,
 * one that ends by itself none.
 */
export function gathered(output: DestinationStream): DestinationStream {
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines !== '') output.write(lines);
    lines = '';
  };
  process.once('exit', flush);
  return {
    write(line) {
      lines += line;
      if (lines.length >= GATHERED_BYTES_MAX) flush();
      else timer ??= setTimeout(flush, GATHER_MS).unref();
    },
  };
}
