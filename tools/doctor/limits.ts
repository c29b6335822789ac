/** From where on something is a finding. */
export const LIMITS = {
  /** As long as a service itself waits before it says that it is not ready. */
  backlogSeconds: 60,
  /** Of a durable of our own services. */
  lagSeconds: 60,
  /** Systems outside may rest over a weekend; a stream keeps its messages for 14 days. */
  externalLagSeconds: 3 * 86_400,
  streamFullness: 0.8,
  /** A disk is short of room when both are undercut: of a large one a tenth is plenty. */
  diskFreeShare: 0.15,
  diskFreeBytes: 10 * 1024 ** 3,
  certificateDays: 30,
  /** Tokens are taken with a tolerance of a minute; clocks that are kept differ by less than one second. */
  clockSeconds: 5,
  postgresMajor: 18,
  natsVersion: [2, 10] as readonly [number, number],
  nodeMajor: 24,
};

export type Limits = typeof LIMITS;
