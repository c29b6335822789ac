export const SWAGGER_UI_FILES: ReadonlySet<string> = new Set([
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/favicon-32x32.png',
]);

/** What the gateway serves itself, beside the operations. */
export const OWN_PATHS: readonly string[] = [
  '/v1/me',
  '/v1/changes',
  '/v1/search',
  '/v1/waiting',
  '/auth/sign-in',
  '/auth/callback',
  '/health/{probe}',
  '/openapi.json',
  '/openapi.yaml',
  '/asyncapi.json',
  '/problems',
  '/problems/{slug}',
  '/docs',
  '/public',
  '/public/partnerships.geojson',
  '/public/catalogue.jsonld',
  '/public/partnerships/{key}',
  '/public/countries/{key}',
  '/public/goals/{key}',
  '/docs/start.js',
  ...[...SWAGGER_UI_FILES].map((file) => `/docs${file}`),
];

/** What it takes itself. */
export const OWN_POSTS: readonly string[] = ['/auth/sign-out', '/auth/back-channel-logout'];
