// What the process that started the servers tells the processes that run the tests.

/** Which means the run uses; set by hand it forces one. */
export const KIND_VARIABLE = 'FUND_TEST_INFRASTRUCTURE';
export const POSTGRES_VARIABLE = 'TEST_POSTGRES_ADMIN_URL';
/** Tells this run's databases from those of another on the same server. */
export const RUN_VARIABLE = 'FUND_TEST_RUN';
