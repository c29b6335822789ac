import fastifyCompress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const JSON_ONLY = /^application\/(problem\+)?json(;|$)/;
/** An answer that fits into one packet costs as much either way. */
const THRESHOLD_BYTES = 1024;
/** Half as large as at level 1 is what a list comes to; each level more takes longer and gains little. */
const OPTIONS = { level: 6 };

/**
 * Answers in JSON are compressed where the client takes it: a list shrinks to a tenth, which is a second on a bad line. Files keep their
 * length, by which a client sees that it has all of one, and the event stream its pace. What a foreign page could learn from lengths
 * (BREACH) it does not: the session's cookie is not sent along with its requests, and no body holds the cookie or a token.
 * Bodies of requests are not inflated: they are bounded as they come.
 */
export async function compressReplies(app: NestFastifyApplication): Promise<void> {
  // Awaited: only routes that are made after it is there are compressed.
  await app.register(fastifyCompress, {
    globalDecompression: false,
    encodings: ['gzip'],
    threshold: THRESHOLD_BYTES,
    customTypes: JSON_ONLY,
    zlibOptions: OPTIONS,
  });
}
