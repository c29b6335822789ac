import { connect } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { DocumentConfig } from './document-config';

const TIMEOUT_MS = 10_000;
/** Below the smallest StreamMaxLength in use; clamd takes any size of a piece. */
const PIECE_BYTES = 64 * 1024;
const ANSWER_BYTES_MAX = 1024;

/**
 * Asks clamd about a document (`INSTREAM`: each piece with its length before it, a length of 0 at the end; clamd(8)). Refused with
 * PLATFORM_DOCUMENT_INFECTED, and with PLATFORM_DOCUMENT_SCANNER_AWAY while nobody answers: what nobody looked at is not kept.
 */
@Injectable()
export class DocumentScanner {
  constructor(private readonly config: DocumentConfig) {}

  async scan(content: Buffer): Promise<void> {
    const { scanner } = this.config;
    if (!scanner) return;
    const verdict = await ask(scanner, content).catch((cause: unknown) => {
      throw new AppError('PLATFORM_DOCUMENT_SCANNER_AWAY', { retryAfterSeconds: 30 }, { cause });
    });
    const [, found] = /: (.+) FOUND$/.exec(verdict) ?? [];
    if (found !== undefined) throw new AppError('PLATFORM_DOCUMENT_INFECTED', { found });
    if (!verdict.endsWith(': OK')) {
      throw new AppError('PLATFORM_DOCUMENT_SCANNER_AWAY', { retryAfterSeconds: 30, answer: verdict });
    }
  }
}

function ask(address: { host: string; port: number }, content: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let answer = '';
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('the scanner does not answer')));
    socket.on('connect', () => {
      socket.write('zINSTREAM\0');
      for (let from = 0; from < content.length; from += PIECE_BYTES) {
        const piece = content.subarray(from, from + PIECE_BYTES);
        socket.write(lengthOf(piece));
        socket.write(piece);
      }
      socket.write(lengthOf(Buffer.alloc(0)));
    });
    socket.on('data', (part: Buffer) => {
      answer += part.toString('latin1');
      if (answer.includes('\0') || answer.length > ANSWER_BYTES_MAX) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () =>
      resolve(
        answer
          .slice(0, ANSWER_BYTES_MAX)
          .replace(/\0[^]*$/, '')
          .trim(),
      ),
    );
  });
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}
