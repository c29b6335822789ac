import { auditFaults } from '#messaging';
import type { Check } from '../check';

export const audit: Check = {
  name: 'audit trail',
  page: 'deploy/runbooks/audit.md',
  examine: async (installation) => {
    const now = installation.clock.now();
    const found = await installation.readEach((reader) => auditFaults(reader, now));
    return found.flatMap(([service, faults]) =>
      faults.map((fault) => ({
        sentence: `${service}: ${fault.replace(/\.$/, '')}.`,
        remedy: 'Write nothing by hand. Verify everything now: npm run audit:verify; docker compose run --rm auditor.',
      })),
    );
  },
};
