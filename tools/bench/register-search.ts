import { parseArgs } from 'node:util';
import type { Page } from '#contracts';
import type { RegisterEntryView } from '#contracts/partnership';
import { WAYS_OF_WRITING } from '../../apps/partnership/src/register/ways-of-writing';
import { ApiClient } from '../demo/api-client';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';

/**
 * `npm run bench:register-search`: the running platform is asked for each way of writing a name, one after the other, as a person's field
 * does; prints how many were found first and how long the answers took, network and gateway included.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  const took: number[] = [];
  let found = 0;
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [typed, key] of WAYS_OF_WRITING) {
      const start = performance.now();
      const path = `/municipality-register?q=${encodeURIComponent(typed)}&limit=10`;
      const { items } = await api.get<Page<RegisterEntryView>>(user('programme-officer'), path);
      // The first round warms up.
      if (round === 0) found += items[0]?.key === key ? 1 : 0;
      else took.push(performance.now() - start);
    }
  }
  took.sort((a, b) => a - b);
  const share = (part: number) => `${(took[Math.floor(took.length * part)] ?? 0).toFixed(1)} ms`;
  console.log(`found first  ${found} of ${WAYS_OF_WRITING.length}`);
  console.log(`answers      ${took.length}; p50 ${share(0.5)}, p95 ${share(0.95)}, longest ${share(1 - 1e-9)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
