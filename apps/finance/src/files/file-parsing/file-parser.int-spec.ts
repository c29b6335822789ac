import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { monotonicNow } from '#platform';
import { eventually } from '#testing';
import { sampleSanctionsList } from '../../../test/sanctions/sanctions-sample';
import { sanctionsFile } from '../../payments/sanctions/sanctions-file';
import { FileParser } from './file-parser.service';
import { ParsingProcess } from './parsing-process';

const later = (ms: number) => ({ deadlineAt: monotonicNow() + ms });
const LIMITS = { heapMib: 96, seconds: 20 };
const NAME = sanctionsFile.name;

async function* whole(content: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}

/** A file that comes when it is told to. */
function held(content: string) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const file = (async function* (): AsyncGenerator<Buffer> {
    await released;
    yield Buffer.from(content);
  })();
  return { file, release };
}

/** Within every limit of the list, and more than a small heap holds: one subject with long attributes. */
const heavy = () =>
  `<export><sanctionEntity logicalId="1">${`<x a="${'a'.repeat(4000)}"/>`.repeat(15_000)}</sanctionEntity></export>`;

describe('the process that reads a file', () => {
  let process: ParsingProcess;
  afterEach(() => process.end());

  it('hands out batches and the result, for one file after the other', async () => {
    process = new ParsingProcess(LIMITS);
    for (const file of [sampleSanctionsList(), gzipSync(sampleSanctionsList())]) {
      const { batches, result } = await process.parse<Buffer, object>(NAME, whole(file), 20_000);
      expect(result).toMatchObject({ subjects: 2, names: 3, isGzip: typeof file !== 'string' });
      expect(batches.map((rows) => (JSON.parse(rows.toString()) as unknown[]).length)).toEqual([2]);
    }
  });

  it('goes on after a refusal', async () => {
    process = new ParsingProcess(LIMITS);
    const { pid } = process;
    await expect(process.parse(NAME, whole('<export/>'), 20_000)).rejects.toMatchObject({
      code: 'FINANCE_SANCTIONS_LIST_INVALID',
    });
    expect(process).toMatchObject({ pid, isAlive: true });
    await expect(process.parse(NAME, whole(sampleSanctionsList()), 20_000)).resolves.toBeDefined();
  });

  it('is ended when it takes too long', async () => {
    process = new ParsingProcess(LIMITS);
    await expect(process.parse(NAME, held('<export/>').file, 50)).rejects.toMatchObject({
      code: 'FINANCE_FILE_LIMIT_EXCEEDED',
      details: { limit: 'seconds', max: 20 },
    });
    expect(process.isAlive).toBe(false);
  });

  it('ends alone when its memory is not enough', async () => {
    process = new ParsingProcess({ ...LIMITS, heapMib: 32 });
    await expect(process.parse(NAME, whole(gzipSync(heavy())), 60_000)).rejects.toMatchObject({
      code: 'FINANCE_FILE_LIMIT_EXCEEDED',
      details: { limit: 'memoryMib', max: 32 },
    });
    expect(process.isAlive).toBe(false);
  });

  it('is not kept when the file itself breaks off', async () => {
    process = new ParsingProcess(LIMITS);
    const broken = (async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('<export>');
      throw new Error('the connection is gone');
    })();
    await expect(process.parse(NAME, broken, 20_000)).rejects.toThrow('the connection is gone');
    expect(process.isAlive).toBe(false);
  });

  it('says what went wrong in it', async () => {
    process = new ParsingProcess(LIMITS);
    await expect(process.parse('unknown', whole(''), 20_000)).rejects.toThrow('there is no parsing task unknown');
  });

  it('knows no secret of the service', async () => {
    process = new ParsingProcess(LIMITS);
    await process.parse(NAME, whole(sampleSanctionsList()), 20_000);
    const names = readFileSync(`/proc/${process.pid}/environ`, 'utf8')
      .split('\0')
      .map((it) => it.split('=')[0]);
    expect(
      names.filter(
        (name) =>
          !['', 'NODE_COMPILE_CACHE', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name ?? ''),
      ),
    ).toEqual([]);
  });
});

describe('files that come at once', () => {
  let parser: FileParser;
  beforeEach(() => {
    parser = new FileParser();
  });
  afterEach(() => parser.onModuleDestroy());

  const parse = (file: AsyncIterable<Buffer>, deadline = later(60_000)) => parser.parse(sanctionsFile, file, deadline);

  it('are read one after the other, and a sixth is refused', async () => {
    const first = held(sampleSanctionsList());
    const reading = Array.from({ length: 5 }, (_, at) => parse(at === 0 ? first.file : whole(sampleSanctionsList())));
    await expect(parse(whole(''))).rejects.toMatchObject({
      code: 'FINANCE_FILE_READER_BUSY',
      details: { retryAfterSeconds: 10 },
    });
    first.release();
    for (const { result } of await Promise.all(reading)) expect(result).toMatchObject({ subjects: 2 });
    await expect(parse(whole(sampleSanctionsList()))).resolves.toBeDefined();
  });

  it('are not begun when nobody waits for them any more', async () => {
    const first = held(sampleSanctionsList());
    const reading = parse(first.file);
    const second = parse(whole(sampleSanctionsList()), later(0));
    first.release();
    await reading;
    await expect(second).rejects.toMatchObject({ code: 'FINANCE_FILE_READER_BUSY' });
  });

  it('are not disturbed by one that ends the process', async () => {
    const broken = (async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('<export>');
      throw new Error('the connection is gone');
    })();
    const [bad, good] = [parse(broken), parse(whole(sampleSanctionsList()))];
    await expect(bad).rejects.toThrow('the connection is gone');
    await expect(good).resolves.toMatchObject({ result: { subjects: 2 } });
  });

  it('leave no process behind when the service ends', async () => {
    await parse(whole(sampleSanctionsList()));
    const { process } = parser as unknown as { process: ParsingProcess };
    parser.onModuleDestroy();
    await eventually(async () => expect(() => globalThis.process.kill(process.pid ?? 0, 0)).toThrow('ESRCH'));
  });
});
