/// <reference lib="webworker" />
import type { KeptFiles } from '../../build/kept-files';

declare const self: ServiceWorkerGlobalScope;

const CACHE = 'pages';
const PAGE = '/';
const LIST = '/kept-files.json';
/** Not the web client's. */
const OTHERS = /^\/(v1|auth|docs|health|problems|public|openapi\.json|openapi\.yaml|asyncapi\.json)(\/|$)/;

/**
 * Keeps the pages that are used where there is no line, and nothing that the platform answers: what a person sees and writes there lies
 * sealed in the vault. With a line everything comes from the server as ever.
 */
self.addEventListener('install', (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate' && !OTHERS.test(pathname)) event.respondWith(page(event));
  else if (pathname.startsWith('/assets/') || pathname === '/favicon.svg') event.respondWith(asset(event.request));
});

/** The newest page while there is a line; with a new one come its files. */
async function page(event: FetchEvent): Promise<Response> {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep());
    return response;
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: CACHE });
    if (!kept) throw error;
    return kept;
  }
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

/** Fetches what is missing and lets go of what is old; nothing changes unless all of it is there. */
async function keep(): Promise<void> {
  const response = await fetch(LIST, { cache: 'no-cache' });
  if (!response.ok) return;
  const { files } = (await response.json()) as KeptFiles;
  const cache = await caches.open(CACHE);
  const known = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const missing = files.filter((file) => !known.has(file));
  if (missing.length === 0) return;
  await cache.addAll(missing);
  await cache.add(new Request(PAGE, { cache: 'no-cache', headers: { accept: 'text/html' } }));
  const wanted = new Set([...files, PAGE]);
  await Promise.all([...known].filter((file) => !wanted.has(file)).map((file) => cache.delete(file)));
}
