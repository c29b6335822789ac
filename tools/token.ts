import { parseArgs } from 'node:util';
import { oidcIssuer } from './demo/environment';
import { DEMO_NAMES, requestDemoToken } from './identity-provider/demo-token';

/** `npm run --silent token -- finance-officer`: prints an access token of the demo provider and nothing else. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'expert-id': { type: 'string' }, 'municipality-id': { type: 'string' } },
  });
  const [username] = positionals;
  if (!username)
    throw new Error(`Say for whom: npm run --silent token -- <user>, with one of ${DEMO_NAMES.join(', ')}`);
  const { token } = await requestDemoToken({
    issuer: oidcIssuer(),
    username,
    expertId: values['expert-id'],
    municipalityId: values['municipality-id'],
  });
  process.stdout.write(`${token}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
