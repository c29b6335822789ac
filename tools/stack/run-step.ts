import { fork } from 'node:child_process';
import { LogFile } from '#testing/embedded';
import { type Environment, inherited } from './environment';

/**
 * Runs one of our programs to its end; answers undefined when it went well, else all that it said on standard error: the sentences
 * of a StartUpFault, or the whole stack of what nobody foresaw.
 */
export async function runStep(step: {
  file: string;
  environment: Environment;
  logFile: string;
  /** Ends it. */
  signal: AbortSignal;
}): Promise<string | undefined> {
  const child = fork(step.file, {
    env: { ...inherited(), ...step.environment },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal: step.signal,
  });
  const log = new LogFile(step.logFile).follow(child.stdout, child.stderr);
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const end = await new Promise<string | undefined>((resolve) => {
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `code ${code}`)));
    child.once('error', (error) => resolve(error.message));
  });
  await log.close();
  if (end === undefined) return undefined;
  return Buffer.concat(said).toString().trim() || `It ended with ${end}; its log: ${step.logFile}`;
}
