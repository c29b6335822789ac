import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rules of the house that no package knows: what is banned, and what to use instead. */
const BANS = {
  time: [
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Time comes from Clock, so that tests can fix it.',
    },
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: 'Time comes from Clock, so that tests can fix it.',
    },
  ],
  messages: [
    {
      selector: "CallExpression[callee.property.name='emit'][callee.object.property.name=/[cC]lient/]",
      message: 'Domain messages go through the outbox; ClientProxy.emit loses them.',
    },
    {
      selector: "Decorator[expression.callee.name='EventPattern']",
      message: 'Domain messages are consumed with @Consume; core NATS has no inbox.',
    },
    {
      selector:
        "ImportDeclaration[source.value='@nestjs/microservices'] > ImportSpecifier[imported.name=/^Client(Proxy|Nats|sModule)$/]",
      message: 'Requests go through RpcClient, messages through the outbox.',
    },
  ],
  transactions: [
    {
      selector:
        "CallExpression[callee.property.name='transaction'][callee.object.property.name=/^(dataSource|manager)$/]",
      message: 'Transactions are opened by Database.transaction or Commands.run only.',
    },
    {
      selector: "CallExpression[callee.property.name='transaction'][callee.object.name=/^(dataSource|manager)$/]",
      message: 'Transactions are opened by Database.transaction or Commands.run only.',
    },
    {
      selector: "CallExpression[callee.property.name='startTransaction']",
      message: 'Transactions are opened by Database.transaction or Commands.run only.',
    },
  ],
  connections: [
    {
      selector: 'NewExpression[callee.name=/^(Client|Pool)$/]',
      message: 'A bare pg client ends the process when its connection breaks; use Database or PostgresClient.',
    },
  ],
  money: [
    { selector: "CallExpression[callee.name='parseFloat']", message: 'Money is never a float; see parseMinor.' },
    {
      selector: "CallExpression[callee.property.name='parseFloat']",
      message: 'Money is never a float; see parseMinor.',
    },
    {
      selector: "CallExpression[callee.name='Number'][arguments.0.name=/([aA]mount|[mM]inor|[cC]ents|[mM]oney)/]",
      message: 'Money stays a bigint of minor units.',
    },
    {
      selector:
        "CallExpression[callee.name='Number'][arguments.0.property.name=/([aA]mount|[mM]inor|[cC]ents|[mM]oney)/]",
      message: 'Money stays a bigint of minor units.',
    },
  ],
  tests: [
    {
      selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo)$/]',
      message: 'Every test runs, always.',
    },
    {
      selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
      message: 'Every test runs, always.',
    },
    {
      selector: "CallExpression[callee.name='sleep']",
      message: 'Wait with eventually(...) for what is expected, not for time to pass.',
    },
  ],
};

const banned = (...groups) => ['error', ...groups.flatMap((group) => BANS[group])];
const onlyFromTypeorm = (...allowImportNames) => [
  'error',
  {
    paths: [
      {
        name: 'typeorm',
        allowImportNames,
        message: 'TypeORM gives columns and runs migrations; rows are read and written by Tx and Database.',
      },
    ],
  },
];
const TESTS = ['**/*spec.ts', 'libs/testing/**', '**/factories/**'];

export default tseslint.config(
  {
    ignores: ['node_modules/', 'dist/', '.data/', '.cache/', 'coverage/', '**/*.cjs', '**/*.js', '**/*.mjs'],
  },
  { linterOptions: { noInlineConfig: true } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      // libs/contracts refuses control characters by naming them.
      'no-control-regex': 'off',
      'no-console': 'error',
      'no-else-return': 'error',
      'no-empty': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'max-params': ['error', { max: 4 }],
      'no-restricted-syntax': banned('time', 'messages', 'transactions', 'connections', 'money', 'tests'),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A Nest module is a class without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // `void promise` in callbacks says that nobody waits; `() => stop()` reads better than a block.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Handlers and interfaces promise a Promise; whether one body happens to await is its own matter.
      '@typescript-eslint/require-await': 'off',
      // Row types and decorators are chosen by the caller where TypeScript cannot infer them.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // openid-client marks it so to make it stand out; it is called where OIDC_ISSUER is http, and nowhere else.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      // It takes a flag that another callback sets during an await for constant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    // The pages have a program of their own: other libraries, another module resolution.
    files: ['apps/web/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './apps/web/tsconfig.json' } },
    rules: {
      'max-lines-per-function': ['error', { max: 80 }],
      // A handler of React may be async; what it throws reaches the error page.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Refusals of a route's loader and of a suspended read are Problems and promises by design of React.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    // A dictionary is looked up, not read from top to bottom.
    files: ['apps/web/src/**/texts/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Nest injects by the constructor: six dependencies are the limit, a seventh means two jobs.
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: TESTS,
    rules: { 'max-params': ['error', { max: 6 }] },
  },
  {
    // SQL is the query language, entities are the columns (docs/adr/0033-sql-is-the-query-language.md).
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...TESTS, 'libs/database/**'],
    rules: { 'no-restricted-imports': onlyFromTypeorm('Column', 'Entity', 'PrimaryColumn') },
  },
  {
    files: ['apps/*/migrations/*.ts', '**/*.migration.ts'],
    rules: { 'no-restricted-imports': onlyFromTypeorm('MigrationInterface', 'QueryRunner') },
  },
  {
    // TypeORM fills the columns; `!` says so.
    files: ['**/*.entity.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['libs/platform/src/clock.ts'],
    rules: { 'no-restricted-syntax': banned('messages', 'transactions', 'connections', 'money') },
  },
  {
    files: ['libs/database/**'],
    rules: { 'no-restricted-syntax': banned('time', 'messages', 'connections', 'money') },
  },
  {
    // Programs for people at a terminal: they print, and they are where time enters.
    files: ['tools/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': banned('messages', 'transactions', 'money', 'tests') },
  },
  {
    files: TESTS,
    rules: {
      // A `describe` is one function; its tests are measured one by one by the reader.
      'max-lines-per-function': 'off',
      'no-restricted-syntax': banned('messages', 'money', 'tests'),
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
