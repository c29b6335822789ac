// The architecture as rules; `docs/adr` and the doc comments of the libraries say why. Tests of a folder obey its rules too.
const LAYERS = ['contracts', 'platform', 'database', 'messaging', 'rules', 'documents', 'testing'];
const SPEC = '([.-]spec\\.ts$|^apps/[^/]+/test/)';

/** The doors of the libraries; contracts has one for each service beside that of its core. */
const DOORS =
  '^libs/([^/]+/src|contracts/src/(partnership|staffing|finance|events)|testing/src/embedded|platform/src/settings)/index\\.ts$';

/** Each service with the place of its features: finance has them in storeys, which stand below. */
const FEATURES = ['partnership', 'staffing', 'finance', 'events'].map((service) => ({
  service,
  feature: service === 'finance' ? '[^/]+/[^/]+' : '[^/]+',
}));

/** The storeys of finance, from the ground up: each imports only from those below; those of one line do not know each other. */
const STOREYS = [['files'], ['budget'], ['commitments'], ['payments'], ['bank'], ['public-money', 'outlets']];
const storeys = STOREYS.flatMap((line, level) =>
  line.map((name) => ({
    name: `storey-of-${name}`,
    comment: `${STOREYS.map((each) => each.join(', ')).join(' <- ')}; what a storey needs of one above it is a *.port.ts (storeys.module.ts)`,
    severity: 'error',
    from: { path: `^apps/finance/src/${name}/`, pathNot: SPEC },
    to: {
      path: '^apps/finance/src/[^/]+/',
      pathNot: `^apps/finance/src/(${[...STOREYS.slice(0, level).flat(), name].join('|')})/`,
    },
  })),
);

/** A library imports only those below it. */
const layering = LAYERS.map((name, level) => ({
  name: `layer-of-${name}`,
  comment: `contracts <- platform <- database <- messaging <- rules <- documents <- testing: ${name} imports only what stands before it`,
  severity: 'error',
  // A spec may use the test infrastructure, whatever library it belongs to.
  from: { path: `^libs/${name}/`, pathNot: SPEC },
  to: { path: `^libs/(${LAYERS.slice(level + 1).join('|') || 'none'})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'apps-never-import-apps',
      comment: 'Services meet over NATS, by the operations and messages of libs/contracts',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|tools)/' },
    },
    {
      name: 'apps-never-import-tools',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^tools/' },
    },
    {
      name: 'contracts-is-a-leaf',
      comment: 'The published language needs zod and nothing else',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: SPEC },
      to: { pathNot: ['^libs/contracts/', '^node_modules/zod/'] },
    },
    ...layering,
    {
      name: 'libs-through-their-index',
      comment: 'Import "#platform", not a file inside it; what is not exported there is not public',
      severity: 'error',
      from: { path: '^(apps|tools)/' },
      to: {
        path: '^libs/',
        pathNot: DOORS,
      },
    },
    {
      name: 'libs-through-their-index-from-libs',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', DOORS] },
    },
    ...FEATURES.map(({ service, feature }) => ({
      name: `features-of-${service}-meet-at-their-doors`,
      comment:
        'A feature uses another of its service through its service, its reader, its acts, its ports, its module or its pure rules (files without a role suffix)',
      severity: 'error',
      from: { path: `^apps/${service}/src/(${feature})/`, pathNot: SPEC },
      to: {
        path: `^apps/${service}/src/${feature}/`,
        pathNot: [`^apps/${service}/src/$1/`, '\\.(service|reader|act|port|module)\\.ts$', '/[^./]+\\.ts$'],
      },
    })),
    ...storeys,
    {
      name: 'features-stand-in-a-storey',
      severity: 'error',
      from: { path: `^apps/finance/src/(?!(${STOREYS.flat().join('|')})/)[^/]+/` },
      to: {},
    },
    {
      name: 'features-know-no-service-module',
      comment: 'The service knows its features, not the other way round',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/[^/]+/', pathNot: ['^apps/gateway/', SPEC] },
      to: { path: '^apps/$1/src/([^/]+\\.module|data-source|main)\\.ts$' },
    },
    {
      name: 'gateway-has-no-database',
      severity: 'error',
      from: { path: '^apps/gateway/' },
      to: { path: ['^libs/(database|messaging|rules|documents)/', '^node_modules/(typeorm|pg|pg-pool)/'] },
    },
    {
      name: 'gateway-knows-streams-for-sessions-alone',
      comment: 'A bucket that may be lost is all that it keeps',
      severity: 'error',
      from: { path: '^apps/gateway/', pathNot: ['^apps/gateway/src/sessions/', SPEC] },
      to: { path: '^node_modules/@nats-io/(jetstream|kv)/' },
    },
    {
      name: 'gateway-reaches-no-database',
      comment: 'Nor by way of a library',
      severity: 'error',
      from: { path: '^apps/gateway/', pathNot: SPEC },
      to: { reachable: true, path: '^node_modules/(typeorm|pg)/' },
    },
    {
      name: 'database-drivers-behind-libs-database',
      comment: 'Columns are declared with typeorm; connections and transactions belong to libs/database',
      severity: 'error',
      from: { path: '^apps/', pathNot: SPEC },
      to: { path: '^node_modules/pg/' },
    },
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/testing/', '/factories/'] },
      to: {
        path: [
          '^libs/testing/',
          SPEC,
          '/factories/',
          '^node_modules/(@nestjs/testing|testcontainers|@testcontainers|fast-check|jest)/',
        ],
      },
    },
    {
      name: 'no-development-packages-at-run-time',
      comment: 'The image is installed without them',
      severity: 'error',
      // The pages are built once and shipped as files.
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^apps/web/', '^libs/testing/', '/factories/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-contracts-only',
      comment: 'The pages talk to the gateway by the declared operations',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: SPEC },
      to: { path: ['^libs/', '^tools/', '^apps/[^/]+/'], pathNot: ['^libs/contracts/', '^apps/web/'] },
    },
    {
      name: 'web-areas-do-not-know-each-other',
      comment: 'What two areas need stands in ui, api, shell or i18n',
      severity: 'error',
      from: { path: '^apps/web/src/([^/]+)/' },
      to: { path: '^apps/web/src/[^/]+/', pathNot: ['^apps/web/src/$1/', '^apps/web/src/(ui|api|shell|i18n)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'A type is knowledge, too: what both need stands in a file below both',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // Types count as dependencies too: a type from another service is knowledge of it.
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
};
