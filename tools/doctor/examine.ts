import type { Check, Finding } from './check';
import { NotExamined } from './not-examined';
import { CHECKS } from './checks';
import type { Installation } from './installation';

/** The whole examination takes little longer than the slowest check may. */
const CHECK_LIMIT_MS = 10_000;

/** What one check found, or why it could not look. */
export interface Outcome {
  readonly check: string;
  readonly page: string;
  readonly findings: readonly Finding[];
  readonly notExamined?: string;
}

/** Carries out every check at the same time. Whatever one of them throws is a finding of its own: nothing here fails. */
export function examine(installation: Installation, checks: readonly Check[] = CHECKS): Promise<Outcome[]> {
  return Promise.all(checks.map((check) => outcomeOf(check, installation)));
}

async function outcomeOf(check: Check, installation: Installation): Promise<Outcome> {
  const named = { check: check.name, page: check.page };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = new Error(`no answer within ${CHECK_LIMIT_MS / 1000} s`);
    timer = setTimeout(() => reject(why), CHECK_LIMIT_MS);
  });
  try {
    return { ...named, findings: await Promise.race([check.examine(installation), late]) };
  } catch (error) {
    if (error instanceof NotExamined) return { ...named, findings: [], notExamined: error.message };
    const sentence = `This could not be looked at: ${error instanceof Error ? error.message : 'failed'}.`;
    return {
      ...named,
      findings: [{ sentence, remedy: 'Mend first what stands above this, and run the doctor again.' }],
    };
  } finally {
    clearTimeout(timer);
  }
}
