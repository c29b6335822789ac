// Three lanes: unit (no I/O), int (real Postgres + NATS, own database per file), e2e (all services, through NATS or HTTP).
const swc = { ...JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`)), sourceMaps: 'inline' };
const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', swc],
    '^.+\\.tsx$': ['@swc/jest', { ...swc, jsc: { ...swc.jsc, parser: { ...swc.jsc.parser, tsx: true } } }],
  },
  moduleNameMapper: {
    '^#(contracts|platform|database|messaging|rules|documents|testing)$': '<rootDir>/libs/$1/src/index.ts',
    '^#contracts/(partnership|staffing|finance|events)$': '<rootDir>/libs/contracts/src/$1/index.ts',
    '^#platform/settings$': '<rootDir>/libs/platform/src/settings/index.ts',
    '^#testing/embedded$': '<rootDir>/libs/testing/src/embedded/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
const infrastructure = {
  globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
};

module.exports = {
  // Longer than eventually(), whose own words say more than a time-out; Jest takes it from here only, not from a project.
  testTimeout: 60_000,
  // A file leaves its modules behind in the process that ran it: alone, one process grew beyond its heap before the last file.
  // Two workers fill two cores; one that holds more than this between two files is replaced.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'] },
    { ...shared, ...infrastructure, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.int-spec.ts'] },
    {
      ...shared,
      ...infrastructure,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{apps/*/test,tools/e2e}/*.e2e-spec.ts'],
    },
  ],
};
