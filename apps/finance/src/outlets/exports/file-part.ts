import { z } from 'zod';
import { AppError } from '#contracts';

/**
 * Where the next part of a file begins. A file is larger than one message may be, and each part may be written by another
 * replica: all that one has to know about the parts before is in here.
 */
const Position = z.strictObject({
  /** The instant whose content the file has: what is booked later is in none of its parts. */
  asOf: z.iso.datetime({ offset: true, precision: 6 }),
  /** Rows that the whole file has, counted when it was begun. */
  rows: z.int().min(0),
  written: z.int().min(0),
  /** Keys of the last row that was written. */
  after: z
    .tuple([z.iso.datetime({ offset: true, precision: 6 }).or(z.iso.date()), z.uuid(), z.int().min(0)])
    .nullable(),
  /** Of the entry that a ZIP file is in the middle of. */
  entry: z
    .strictObject({ crc: z.uint32(), compressed: z.int().min(0), size: z.int().min(0) })
    .default({ crc: 0, compressed: 0, size: 0 }),
});
export type Position = z.infer<typeof Position>;

/** Text that fits a URL. It carries no rights: what it can reach is what the same request without it reaches. */
export function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** PLATFORM_CURSOR_INVALID unless `writePosition` could have made it. */
export function readPosition(text: string): Position {
  try {
    return Position.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (error) {
    throw new AppError('PLATFORM_CURSOR_INVALID', undefined, { cause: error });
  }
}
