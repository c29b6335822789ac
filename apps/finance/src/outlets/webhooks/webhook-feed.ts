/** Whether a message of the outbox belongs to a webhook with these subjects: `$n` is the parameter that holds them. */
export function isWanted(message: string, subjects: string): string {
  return `${message}.subject LIKE 'evt.finance.payout.%' AND ('evt.finance.payout.*' = ANY (${subjects}) OR ${message}.subject = ANY (${subjects}))`;
}
