import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#contracts';
import type { ParsingTask } from '../../files/file-parsing/parsing-task';
import {
  EuSanctionsListReader,
  SANCTIONS_LIMITS,
  type SanctionedSubject,
  type SanctionsEdition,
} from './eu-sanctions-list';

export interface SanctionsFile extends SanctionsEdition {
  /** Of the XML, unpacked. */
  readonly sha256: string;
  readonly isGzip: boolean;
}

/** Subjects as a JSON array of rows for the database. */
export type SubjectRows = Buffer;

const SUBJECTS_AT_ONCE = 500;
const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Reads a file of the list, gzipped or plain, chunk by chunk: neither the file nor its text is ever in memory as a whole, and
 * unpacking ends with the limit of what may come out. FINANCE_SANCTIONS_LIST_TOO_LARGE above 64 MiB of XML,
 * FINANCE_SANCTIONS_LIST_INVALID for what is no list.
 */
export const sanctionsFile: ParsingTask<SubjectRows, SanctionsFile> = {
  name: 'sanctions-list',
  async parse(file, emit) {
    const rows = new SubjectRowWriter(emit);
    const reader = new EuSanctionsListReader((subject) => rows.add(subject));
    const hash = createHash('sha256');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const { isGzip, chunks } = await unpacked(file);
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > SANCTIONS_LIMITS.bytes) {
        throw new AppError('FINANCE_SANCTIONS_LIST_TOO_LARGE', { bytesMax: SANCTIONS_LIMITS.bytes });
      }
      hash.update(chunk);
      reader.push(decodedText(decoder, chunk));
    }
    reader.push(decodedText(decoder));
    const edition = reader.finish();
    rows.flush();
    return { ...edition, sha256: hash.digest('hex'), isGzip };
  },
};

class SubjectRowWriter {
  private rows: string[] = [];

  constructor(private readonly emit: (rows: SubjectRows) => void) {}

  add({ logicalId, referenceNumber, subjectType, ...lists }: SanctionedSubject): void {
    const row = { logical_id: logicalId, reference_number: referenceNumber, subject_type: subjectType, ...lists };
    this.rows.push(JSON.stringify(row));
    if (this.rows.length >= SUBJECTS_AT_ONCE) this.flush();
  }

  flush(): void {
    if (this.rows.length > 0) this.emit(Buffer.from(`[${this.rows.join()}]`));
    this.rows = [];
  }
}

type Chunks = AsyncGenerator<Buffer, void, void>;

async function unpacked(file: AsyncIterable<Buffer>): Promise<{ isGzip: boolean; chunks: AsyncIterable<Buffer> }> {
  const chunks = (async function* (): Chunks {
    yield* file;
  })();
  const first = await chunks.next();
  if (first.done) return { isGzip: false, chunks };
  const whole = rejoined(first.value, chunks);
  const isGzip = GZIP_MAGIC.every((byte, index) => first.value[index] === byte);
  return { isGzip, chunks: isGzip ? gunzipped(whole) : whole };
}

async function* gunzipped(packed: Chunks): Chunks {
  try {
    // An error of the file itself ends the unpacking too and comes out here.
    yield* pipeline(Readable.from(packed), createGunzip(), () => undefined) as AsyncIterable<Buffer>;
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
