import { inspect } from 'node:util';

/** EX_CONFIG of sysexits.h: started again, the process would end the same way until somebody corrects a setting. */
export const CONFIGURATION_EXIT_CODE = 78;

const FATAL = 60;
const WARNING = 40;

/** Why a process cannot start, said to the people who can change it: which setting, which server as which user, what helps. */
export class StartUpFault extends Error {
  override readonly name = 'StartUpFault';
}

/**
 * Runs the start of a process. One that fails ends it with one line of JSON like every line of the log: for a StartUpFault its
 * sentence alone, for anything else the whole stack too.
 */
export async function starting(process_: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isFault = error instanceof StartUpFault;
    const stack = error instanceof Error && !isFault ? { err: { type: error.name, message, stack: error.stack } } : {};
    await written(lineOf(process_, FATAL, `cannot start: ${message}`, stack));
    process.exit(isFault ? CONFIGURATION_EXIT_CODE : 1);
  }
}

/** For what a process waits while it starts, when there is no logger yet: without this line nobody would know. */
export function warnWhileStarting(process_: string, sentence: string): void {
  void written(lineOf(process_, WARNING, sentence));
}

/** For a program that people call: the sentence alone, or the whole stack of what nobody foresaw. */
export function endWithSentence(error: unknown): void {
  process.stderr.write(`${error instanceof StartUpFault ? error.message : inspect(error)}\n`);
  process.exitCode = error instanceof StartUpFault ? CONFIGURATION_EXIT_CODE : 1;
}

function lineOf(service: string, level: number, msg: string, more: object = {}): string {
  return `${JSON.stringify({ level, time: Math.round(performance.timeOrigin + performance.now()), service, msg, ...more })}\n`;
}

// A pipe takes it later: whoever ends the process before loses the line.
function written(line: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(line, () => resolve()));
}
