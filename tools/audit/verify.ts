import { SERVICES } from '#contracts';
import type { VerificationReport } from '#messaging';
import { loadConfig } from '#platform';
import { auditEnvironment } from './running-audit';
import { verifyFromOutside, verifySettings } from './verify-services';

/** `npm run audit:verify`: all chains, checkpoints and stored amounts; each finding in one sentence, exit code 1 with any. */
async function main(): Promise<void> {
  const settings = loadConfig(verifySettings, { ...(await auditEnvironment()), ...process.env });
  const reports: VerificationReport[] = [];
  for (const service of SERVICES) {
    const report = await verifyFromOutside(service, settings);
    reports.push(report);
    console.log(line(report));
    for (const { sentence } of report.findings) console.log(`  ${sentence}`);
  }
  const findings = reports.reduce((sum, report) => sum + report.findings.length, 0);
  console.log(
    findings === 0 ? 'Everything is as it was signed.' : `${findings} findings: see deploy/runbooks/audit.md.`,
  );
  if (findings > 0) process.exitCode = 1;
}

function line({ service, chains, checkpoints, findings }: VerificationReport): string {
  const counted = chains.map(({ name, checked }) => `${checked} of ${name}`).join(', ');
  const against =
    checkpoints === 0
      ? 'no checkpoint yet: a cut end would not show'
      : `${checkpoints} signed ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}`;
  return `${service}: ${counted}, ${against}; ${findings.length === 0 ? 'well' : `${findings.length} findings`}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
