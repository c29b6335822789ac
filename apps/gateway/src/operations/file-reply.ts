import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { AppError } from '#contracts';

/** A place in a stored file, or what a file that is made on the way needs to go on. */
export type PartOffset = number | string;

interface FileReply {
  mediaType: string;
  fileName: string;
  body: string;
  /** Set where the file is no text. */
  encoding?: 'base64';
  /** Where the next part begins, when the file comes in parts. */
  nextOffset?: PartOffset | null;
}

/** Reads a further part of a file that is larger than one answer. */
export type ReadPart = (offset: PartOffset) => Promise<{ readonly body: Buffer }>;

/** How often a part is asked for, and for how long that goes on besides the calls themselves: longer than a service takes to start. */
const TRIES = 6;
const PAUSE_MS = 500;

/** Sends a file as its media type and under its name, whole or in parts. */
export function sendFile(reply: FastifyReply, body: Buffer, readPart: ReadPart): void {
  const file = JSON.parse(body.toString()) as FileReply;
  const name = file.fileName.replaceAll(/[^\w.-]/g, '_');
  void reply
    .code(200)
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(isCut(file) ? Readable.from(partsOf(file, readPart)) : bytesOf(file));
}

/**
 * One part is in memory at a time, however large the file is. A part that a service was too busy for, or away, is asked for again:
 * it changes nothing, and most of the file may have been sent. One that is refused, or fails for long, ends the transfer without its
 * end, which clients see as an error ("other side closed"); where a proxy hides that, the last line says so.
 */
export async function* partsOf(
  first: FileReply,
  readPart: ReadPart,
  { pauseMs = PAUSE_MS }: { pauseMs?: number } = {},
): AsyncGenerator<Buffer> {
  let part = first;
  yield bytesOf(part);
  while (isCut(part)) {
    try {
      part = JSON.parse((await readAgain(readPart, part.nextOffset, pauseMs)).body.toString()) as FileReply;
    } catch (error) {
      if (first.mediaType.startsWith('text/')) yield Buffer.from(INCOMPLETE);
      throw error;
    }
    yield bytesOf(part);
  }
}

/** In ASCII, which each of our encodings has. A workbook or PDF without its end does not open at all. */
const INCOMPLETE = '\r\nUNVOLLSTAENDIG - INCOMPLETE: the transfer broke off, ask for the file again\r\n';

async function readAgain(readPart: ReadPart, offset: PartOffset, pauseMs: number): Promise<{ readonly body: Buffer }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readPart(offset);
    } catch (error) {
      if (attempt === TRIES || !mayPass(error)) throw error;
      await delay(pauseMs * attempt);
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'timeout');
}

function isCut(file: FileReply): file is FileReply & { nextOffset: PartOffset } {
  return file.nextOffset !== undefined && file.nextOffset !== null;
}

function bytesOf({ body, encoding }: FileReply): Buffer {
  return Buffer.from(body, encoding ?? 'utf8');
}
