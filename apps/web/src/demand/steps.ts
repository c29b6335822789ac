import type { ExpertRequestView } from '#contracts/staffing';

export const STEPS = ['write', 'sign', 'submit', 'check', 'assess', 'recommend', 'select'] as const;

const ASSESSMENTS_NEEDED = 2;
const INDEX = Object.fromEntries(STEPS.map((step, index) => [step, index])) as Record<(typeof STEPS)[number], number>;

/** Which step comes next; none (the number of all) once it is decided, undefined where the way ended before. */
export function stepOf({ status, signatures, partnershipIds, assessment }: ExpertRequestView): number | undefined {
  switch (status) {
    case 'DRAFT':
      return signatures.length === 2 * partnershipIds.length ? INDEX.submit : INDEX.sign;
    case 'RETURNED':
      return INDEX.write;
    case 'SUBMITTED':
    case 'FORMAL_CHECK':
      return INDEX.check;
    case 'ASSESSMENT':
      return (assessment?.assessments.length ?? 0) < ASSESSMENTS_NEEDED ? INDEX.assess : INDEX.recommend;
    case 'RECOMMENDED':
    case 'NOT_RECOMMENDED':
    case 'WAITLISTED':
      return INDEX.select;
    case 'SELECTED':
      return STEPS.length;
    case 'REJECTED':
    case 'DECLINED':
    case 'WITHDRAWN':
      return undefined;
  }
}
