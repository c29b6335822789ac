import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWhenDeaf, mainProcess } from './deaf-process';

const ANSWER_LIMIT_MS = 2_500;

/**
 * The image's HEALTHCHECK: asks the process in this container whether it is ready. One that gives no answer at all, time after
 * time, hangs; it is ended, so that the container's restart policy starts a fresh one.
 */
async function main(): Promise<void> {
  const { OPS_PORT, OIDC_PORT } = process.env;
  const url = `http://127.0.0.1:${OPS_PORT ?? OIDC_PORT ?? ''}/health/ready`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).catch((error: unknown) => {
    judge(false);
    throw error;
  });
  judge(true);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

function judge(hasAnswered: boolean): void {
  const main = mainProcess();
  if (main && endWhenDeaf(main, { hasAnswered, stateFile: join(tmpdir(), 'fund-health.json') }))
    console.error(`process ${main.pid} has not answered for several looks and was ended`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
