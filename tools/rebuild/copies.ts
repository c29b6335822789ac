/** The tables that are made of nothing but messages, so that they can be emptied and told again. */
export const COPIES = {
  partnership: ['case_fact', 'assignment_copy', 'assignment_step_copy', 'commitment_copy', 'payment_copy'],
} as const;

export type Rebuilt = keyof typeof COPIES;

/** One statement text, to be run as an administrator. */
export function forgetting(service: Rebuilt): string {
  const tables = COPIES[service].map((table) => `${service}.${table}`).join(', ');
  // As the publishers see it, the service was restored from an empty backup: they send everything again.
  return `BEGIN; TRUNCATE ${tables}; DELETE FROM ${service}.inbox_message; COMMIT;`;
}
