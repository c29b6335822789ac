import { createHash } from 'node:crypto';
import { pagePolicy } from './security-headers';

const STYLE = 'body{font-family:system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}';

/** For every page that `htmlPage` made. */
export const HTML_PAGE_POLICY = pagePolicy(`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);

/** A page of ours for people. Only our own texts are put in here, never anything a client sent. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><body><h1>${title}</h1>${body}</body></html>`;
}
