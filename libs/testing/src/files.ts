import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { type Operation, UPLOAD_PART_BYTES, type uploadPart, type UploadReference } from '#contracts';
import type { TestCaller } from './test-caller';
import type { TestService } from './test-service';

type StorePart = Operation<typeof uploadPart.request, typeof uploadPart.reply>;

/** Stores a file in parts as the gateway does, and answers what names it. */
export async function storedInParts(
  app: Pick<TestService, 'rpc'>,
  storePart: StorePart,
  file: Buffer,
  as: TestCaller,
): Promise<UploadReference> {
  const id = randomUUID();
  const parts = Math.ceil(file.length / UPLOAD_PART_BYTES);
  for (let number = 1; number <= parts; number++) {
    const content = file.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES).toString('base64');
    await app.rpc(storePart, { uploadId: id, number, content }, as);
  }
  return { id, parts, bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };
}

/** A file that begins like a PDF, and is like no other. */
export function somePdf(bytes = 200): Buffer {
  return Buffer.from(`%PDF-1.7\n${randomUUID()}\n`.padEnd(bytes, 'x'), 'latin1');
}

/** What the scanner of `clamd` finds bad, as a PDF. */
export const SCANNED_MALWARE = Buffer.from('%PDF-1.7 EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
/** What it does not answer to. */
export const SCANNED_IN_VAIN = Buffer.from('%PDF-1.7 SILENCE');

/** As much of clamd as a scan needs: pieces with their length before them, and a word at the end. */
export function clamd(): Promise<Server> {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('data', (part: Buffer) => {
      heard = Buffer.concat([heard, part]);
      if (!heard.subarray(-4).equals(Buffer.alloc(4))) return;
      const command = heard.subarray(0, 10).toString();
      if (heard.includes(SCANNED_IN_VAIN)) {
        socket.destroy();
        return;
      }
      const isBad = heard.includes(SCANNED_MALWARE);
      socket.end(command !== 'zINSTREAM\0' ? 'UNKNOWN COMMAND\0' : isBad ? 'stream: Eicar FOUND\0' : 'stream: OK\0');
    });
  });
  return new Promise((resolve) => server.unref().listen(0, '127.0.0.1', () => resolve(server)));
}
