/** Ends the Postgres that the run was started on. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.fundTestPostgres?.stop();
}
