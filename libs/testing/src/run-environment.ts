// What the process that started the servers tells the processes that run the tests.

/** Which means the run uses; set by hand it forces one. */
export const KIND_VARIABLE = 'FUND_TEST_INFRASTRUCTURE';
export const POSTGRES_VARIABLE = 'TEST_POSTGRES_ADMIN_URL';
/** Tells this run's databases from those of another on the same server. */
export const RUN_VARIABLE = 'FUND_TEST_RUN';
export const FOLDER_VARIABLE = 'FUND_TEST_FOLDER';

/** What the files of one run share on disk; deleted when the run ends. */
export function testRunFolder(): string {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) throw new Error('global-setup.ts has to make the folder of the run before a test uses it');
  return folder;
}
