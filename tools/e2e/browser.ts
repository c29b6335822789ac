/** What came back at last, and from where. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const REDIRECTS_MAX = 10;

/** A browser as far as sign-in is concerned: it keeps cookies, by host and not by port, and goes where it is sent. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every `Set-Cookie` that it was given. */
  readonly given: string[] = [];

  /** `reach` says where an address really is, as a name server and published ports do. */
  constructor(private readonly reach: (url: string) => string = (url) => url) {}

  /** One request, and no further. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(this.reach(url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Opens an address as a person does, and follows where it leads. */
  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let [address, next] = [url, init];
    for (let hop = 0; hop < REDIRECTS_MAX; hop += 1) {
      const headers = new Headers(next.headers);
      headers.set('accept', 'text/html');
      const response = await this.fetch(address, { ...next, headers });
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status >= 400)
        return { url: address, status: response.status, headers: response.headers, body: await response.text() };
      await response.body?.cancel();
      [address, next] = [new URL(location, address).href, {}];
    }
    throw new Error(`more than ${REDIRECTS_MAX} redirects from ${url}`);
  }

  private keep(line: string): void {
    this.given.push(line);
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const isOver = attributes.some((it) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(it));
    if (isOver) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

/** What the page's form is sent to. */
export function formAction({ body, url }: Page): string {
  const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1];
  if (action === undefined) throw new Error(`no form at ${url}: ${body.slice(0, 300)}`);
  return new URL(action, url).href;
}
