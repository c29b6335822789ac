import { html, Html } from './html';
import { PUBLIC_LANGUAGES, type PublicLanguage, TEXTS } from './texts';

interface Framed {
  readonly title: string;
  readonly body: Html;
  /** What stands beneath the files; null where there are none yet. */
  readonly about: Html | null;
  readonly language: PublicLanguage;
}

/** A whole page: the way to others and the other languages above, the files beneath. */
export function framed({ title, body, about, language }: Framed): string {
  const t = TEXTS[language];
  const others = (Object.keys(PUBLIC_LANGUAGES) as PublicLanguage[]).filter((each) => each !== language);
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title} – Fachkräftefonds</title>
        ${STYLED}
      </head>
      <body>
        <header>
          <nav>
            <a href="/public?lang=${language}">${t.back}</a>
            <a href="/">${t.signIn}</a>
          </nav>
          <nav aria-label="${t.languages}">
            ${others.map((each) => html`<a href="?lang=${each}" lang="${each}" hreflang="${each}">${PUBLIC_LANGUAGES[each]}</a> `)}
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        ${
          about &&
          html`<footer>
            <h2>${t.files}</h2>
            <ul>
              <li><a href="/v1/published-files/portfolio.json">portfolio.json</a></li>
              <li><a href="/v1/published-files/iati-activities.xml">iati-activities.xml (IATI 2.03)</a></li>
              <li><a href="/public/partnerships.geojson">partnerships.geojson</a></li>
              <li><a href="/public/catalogue.jsonld">catalogue.jsonld (DCAT-AP.de)</a></li>
            </ul>
            ${about}
          </footer>`
        }
      </body>
    </html> `.text;
  // Half of a long table is the space before its lines.
  return page.replaceAll(/\n\s+/g, '\n');
}

/** Nothing has been published so far. */
export function notYetPage(language: PublicLanguage): string {
  const { notYet, notYetLead } = TEXTS[language];
  return framed({ title: notYet, body: html`<p>${notYetLead}</p>`, about: null, language });
}

/** What is asked for is not among what is published. */
export function notFoundPage(language: PublicLanguage): string {
  const { notFound, notFoundLead } = TEXTS[language];
  return framed({ title: notFound, body: html`<p>${notFoundLead}</p>`, about: null, language });
}

export const STYLE = [
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem}',
  'nav a{margin-right:1rem}h1{line-height:1.2}svg{width:100%;height:auto;background:#dbe7ee}svg path{fill:#8fa3ad}',
  'svg circle{fill:#a3123a;stroke:#fff}.figures{display:flex;flex-wrap:wrap;gap:2rem}.figures dd{margin:0;font-size:2rem}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #888}',
  'td{font-variant-numeric:tabular-nums}footer{margin-top:2rem;border-top:1px solid #888}',
  '@media (prefers-color-scheme:dark){body{background:#14181b;color:#eee}a{color:#9cf}svg{background:#26333b}}',
].join('');

/** To the letter what the policy's hash is of. */
const STYLED = new Html(`<style>${STYLE}</style>`);
