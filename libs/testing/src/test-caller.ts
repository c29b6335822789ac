import type { Role } from '#contracts';

/** Someone who calls in a test; becomes a signed token. */
export interface TestCaller {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly municipalityId?: string;
  readonly expertId?: string;
  /** An address for which the provider vouches. */
  readonly verifiedEmail?: string;
}

/**
 * `caller('programme-officer')`, `caller('expert', { expertId })`. Two callers of one role are one person unless they get
 * subjects of their own: `caller('adviser', { subject: 'second-adviser' })`.
 */
export function caller(role: Role, binding: Partial<Omit<TestCaller, 'roles'>> = {}): TestCaller {
  return { subject: role, roles: [role], ...binding };
}
