import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#contracts';
import { EuSanctionsListReader, type SanctionsEdition } from './eu-sanctions-list';

/** The whole list has about 25 MiB; what unpacks to more is no list but an attack. */
export const XML_BYTES_MAX = 64 * 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Reads a file of the list, gzipped or plain, chunk by chunk: neither the file nor its text is ever in memory as a whole.
 * FINANCE_SANCTIONS_LIST_TOO_LARGE above 64 MiB of XML, FINANCE_SANCTIONS_LIST_INVALID for what is no list. `sha256` is the XML's.
 */
export async function readList(
  file: Iterable<Buffer> | AsyncIterable<Buffer>,
  { mustBeGzip }: { mustBeGzip: boolean },
): Promise<{ edition: SanctionsEdition; sha256: string }> {
  const reader = new EuSanctionsListReader();
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of unpacked(file, mustBeGzip)) {
    bytes += chunk.length;
    if (bytes > XML_BYTES_MAX) throw new AppError('FINANCE_SANCTIONS_LIST_TOO_LARGE', { bytesMax: XML_BYTES_MAX });
    hash.update(chunk);
    reader.push(decodedText(decoder, chunk));
  }
  reader.push(decodedText(decoder));
  return { edition: reader.finish(), sha256: hash.digest('hex') };
}

type Chunks = AsyncGenerator<Buffer, void, void>;

async function* unpacked(file: Iterable<Buffer> | AsyncIterable<Buffer>, mustBeGzip: boolean): Chunks {
  const chunks = (async function* (): Chunks {
    yield* file;
  })();
  const first = await chunks.next();
  if (first.done) return;
  const whole = rejoined(first.value, chunks);
  const isGzip = GZIP_MAGIC.every((byte, index) => first.value[index] === byte);
  if (mustBeGzip && !isGzip) throw invalid('the content is not gzip');
  if (!isGzip) {
    yield* whole;
    return;
  }
  try {
    // An error of the file itself ends the unpacking too and comes out here.
    yield* pipeline(Readable.from(whole), createGunzip(), () => undefined) as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof AppError ? error : invalid('the content is not gzip', error);
  }
}

async function* rejoined(first: Buffer, others: Chunks): Chunks {
  yield first;
  yield* others;
}

function decodedText(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    throw invalid('the file is not UTF-8', error);
  }
}

function invalid(problem: string, cause?: unknown): AppError {
  return new AppError('FINANCE_SANCTIONS_LIST_INVALID', { problem }, { cause });
}
