import { AppError } from '#contracts';
import type { FromParser, ParsingTask, ToParser } from './parsing-task';

/** Runs in the parsing process: does one task after the other on the files that the service sends, and ends with the service. */
export function serveParsing(tasks: readonly ParsingTask<unknown, unknown>[]): void {
  let file = new IncomingFile(0);
  process.on('message', (message: ToParser) => {
    if (message.type === 'start') {
      file = new IncomingFile(message.file);
      void run(tasks, message.task, file);
    } else if (message.file === file.number) {
      file.arrived(message.type === 'part' ? Buffer.from(message.bytes) : undefined);
    }
  });
  process.once('disconnect', () => process.exit(0));
}

async function run(tasks: readonly ParsingTask<unknown, unknown>[], name: string, file: IncomingFile): Promise<void> {
  try {
    const task = tasks.find((it) => it.name === name);
    if (!task) throw new Error(`there is no parsing task ${name}`);
    const result = await task.parse(file, (batch) => file.say({ type: 'batch', batch }));
    file.say({ type: 'done', result });
  } catch (error) {
    if (error instanceof AppError) file.say({ type: 'refused', refusal: error.toReply() });
    else file.say({ type: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** The file of a task: each part is asked for when the one before is done with, so that one is in memory. */
class IncomingFile implements AsyncIterable<Buffer> {
  private resolve: ((part: Buffer | undefined) => void) | undefined;

  constructor(readonly number: number) {}

  arrived(part: Buffer | undefined): void {
    this.resolve?.(part);
  }

  say(what: Said): void {
    process.send?.({ file: this.number, ...what } satisfies FromParser);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let part = await this.next(); part; part = await this.next()) yield part;
  }

  private next(): Promise<Buffer | undefined> {
    const part = new Promise<Buffer | undefined>((resolve) => (this.resolve = resolve));
    this.say({ type: 'more' });
    return part;
  }
}

type WithoutFile<Message> = Message extends FromParser ? Omit<Message, 'file'> : never;
type Said = WithoutFile<FromParser>;
