import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contracts';
import { partsOf, type ReadPart } from './file-reply';

const FIRST = { mediaType: 'text/csv; charset=utf-8', fileName: 'a.csv', body: 'one\r\n', nextOffset: 'two' };
const LAST = { ...FIRST, body: 'two\r\n', nextOffset: null };

/** Answers the second part after these refusals. */
function after(...refusals: AppError[]): ReadPart {
  return (offset) => {
    expect(offset).toBe('two');
    const refusal = refusals.shift();
    return refusal ? Promise.reject(refusal) : Promise.resolve({ body: Buffer.from(JSON.stringify(LAST)) });
  };
}

async function read(readPart: ReadPart, first: typeof FIRST = FIRST): Promise<{ text: string; error: unknown }> {
  const parts: Buffer[] = [];
  try {
    for await (const part of partsOf(first, readPart, { pauseMs: 1 })) parts.push(part);
  } catch (error) {
    return { text: Buffer.concat(parts).toString(), error };
  }
  return { text: Buffer.concat(parts).toString(), error: undefined };
}

const late = () => new AppError('PLATFORM_DEADLINE_EXCEEDED');

describe('a file in parts', () => {
  it('asks for a part again that came too late, or that nobody was there or free for', async () => {
    const busy = [late(), new AppError('PLATFORM_SERVICE_UNAVAILABLE'), new AppError('PLATFORM_SERVICE_OVERLOADED')];
    expect(await read(after(...busy))).toEqual({ text: 'one\r\ntwo\r\n', error: undefined });
  });

  it('gives up a part that fails for long, and at once one that is refused, and says at its end that it is none', async () => {
    const sixTimes = await read(after(late(), late(), late(), late(), late(), late()));
    const refused = await read(after(new AppError('FINANCE_EXPORT_CHANGED')));
    for (const { text, error } of [sixTimes, refused]) {
      expect(error).toBeInstanceOf(AppError);
      expect(text).toMatch(/^one\r\n\r\nUNVOLLSTAENDIG - INCOMPLETE/);
    }
  });

  it('puts no text into what is no text: without its end it does not open', async () => {
    const workbook = { ...FIRST, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
    expect((await read(after(new AppError('FINANCE_EXPORT_CHANGED')), workbook)).text).toBe('one\r\n');
  });

  it('is an error to its client when it breaks off: this is the "other side closed" of a part that failed', async () => {
    const parts = partsOf(FIRST, after(new AppError('FINANCE_EXPORT_CHANGED')));
    const server = createServer((_request, response) => {
      pipeline(Readable.from(parts), response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}`);
    const failure: unknown = await answer.text().catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'terminated', cause: { message: 'other side closed' } });
    server.close();
  });
});
