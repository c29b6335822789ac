/** Prints one sentence about what is being done. */
export type Say = (sentence: string) => void;
/** Puts an executable nats-server at `target`, or answers why it could not. */
export type NatsServerSource = (target: string, say: Say) => Promise<{ problem?: string }>;

/** 2.10 is the first that this platform runs on. */
export function isNewEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}
