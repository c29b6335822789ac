import { parseArgs } from 'node:util';
import { ApiClient } from './api-client';
import { runContention } from './contention';
import { requestDemoToken } from './demo-token';
import { financeDepartmentAccess, gatewayUrl } from './environment';
import { FinanceDepartment } from './finance-department';
import { runMainJob } from './main-job';

/** `npm run demo`: the main job as a readable story; `-- --contention`: 100 confirmations with money for 50. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { contention: { type: 'boolean', default: false } } });
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  console.log(
    `Expert fund for municipal partnerships: ${values.contention ? 'fund cover under contention' : 'the main job'} at ${gatewayUrl()}`,
  );
  if (values.contention) {
    await runContention(api);
    return;
  }
  const department = await FinanceDepartment.connect(await financeDepartmentAccess());
  try {
    await runMainJob(api, department);
  } finally {
    await department.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `\nThe demo failed: ${error.message}` : error);
  process.exitCode = 1;
});
