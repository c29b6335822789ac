import { z } from 'zod';

/**
 * Why an assignment is interrupted or ends early. Coarse on purpose: it travels in messages, which carry nothing about a
 * person's health or family (docs/reliability.md#messages-carry-no-persons); the note that says more stays in the staffing
 * service.
 */
export const AssignmentChangeReason = z
  .enum(['PERSONAL', 'SECURITY', 'EMPLOYER', 'PARTNERSHIP', 'PROGRAMME', 'MUTUAL', 'CONDUCT', 'OTHER'])
  .meta({ id: 'AssignmentChangeReason', description: 'PERSONAL: illness, parental protection, family and the like' });
export type AssignmentChangeReason = z.infer<typeof AssignmentChangeReason>;
