import { healthReportSchema } from '#platform';
import type { Check, Finding } from '../check';
import { askHttp } from '../http';

const DETAIL_MAX = 160;

export const services: Check = {
  name: 'services',
  page: 'deploy/runbooks/service-died.md',
  examine: async (installation) => (await Promise.all(installation.opsUrls.map(readiness))).flat(),
};

async function readiness([name, url]: readonly [string, string]): Promise<Finding[]> {
  const remedy = 'Look at its log; it is started again by itself, and more than three times in ten minutes is a fault.';
  const answer = await askHttp(`${url}/health/ready`);
  if ('fault' in answer) return [{ sentence: `${name} does not answer (${answer.fault}).`, remedy }];
  const report = healthReportSchema.safeParse(answer.json);
  if (!report.success) return [{ sentence: `${name} answers ${answer.status} and no report of its health.`, remedy }];
  const { status, checks } = report.data;
  if (status === 'up') return [];
  const faults = Object.entries(checks).filter(([, check]) => check.status === 'down');
  const words = faults.map(([check, { detail }]) => (detail ? `${check}: ${detail.slice(0, DETAIL_MAX)}` : check));
  const how = status === 'down' ? 'is not ready' : 'serves, and something needs people';
  return [{ sentence: `${name} ${how} (${words.join('; ') || answer.status}).`, remedy }];
}
