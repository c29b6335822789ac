import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { type Environment, inherited } from './environment';

/** Runs one of our programs to its end; answers undefined when it went well, else how it ended. */
export async function runStep(step: {
  file: string;
  environment: Environment;
  logFile: string;
}): Promise<string | undefined> {
  const child = fork(step.file, {
    env: { ...inherited(), ...step.environment },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(step.logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const end = await new Promise<string | undefined>((resolve) => {
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `code ${code}`)));
    child.once('error', (error) => resolve(error.message));
  });
  await new Promise<void>((resolve) => log.end(resolve));
  return end;
}
