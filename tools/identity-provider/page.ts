import { createHash } from 'node:crypto';

export type Language = 'de' | 'en';

const STYLE = `:root { color-scheme: light dark }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
.roles { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 0 1.5rem }
h2 { font-size: 1rem; margin: 1rem 0 .2rem }
button, input { font: inherit; padding: .5rem .8rem; max-width: 100%; box-sizing: border-box }
button { text-align: left; cursor: pointer }
.roles button { display: block; width: 100%; margin: .2rem 0 }
:focus-visible { outline: 3px solid; outline-offset: 2px }`;

/** Presses what a person would press first. Without scripts they do. */
const PRESS = "document.querySelector('[data-press]')?.click()";

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** For every page that `page` made. */
export const PAGE_POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(PRESS)}; base-uri 'none'; frame-ancestors 'none'`;

/** A page of the demo provider. `body` is our own text; a button with `data-press` is pressed by itself. */
export function page(title: string, language: Language, body: string): string {
  const script = body.includes('data-press') ? `<script>${PRESS}</script>` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
${script}</body>
</html>
`;
}

/** German for whoever prefers it to English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const [first] = (acceptLanguage ?? '').toLowerCase().match(/\b(de|en)\b/) ?? ['de'];
  return first === 'en' ? 'en' : 'de';
}
