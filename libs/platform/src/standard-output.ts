import { destination, type DestinationStream } from 'pino';

/** Lines that a slow reader leaves in memory; what comes on top is dropped. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/** Where logs go. A full disk under it or a reader that is gone costs lines, never the process: no line is worth a payment. */
export function standardOutput(): DestinationStream {
  const output = destination({ dest: 1, minLength: 0, maxLength: WAITING_BYTES_MAX });
  // What could not be written is tried again with the next line; there is no other place to say so.
  output.on('error', () => undefined);
  return output;
}
