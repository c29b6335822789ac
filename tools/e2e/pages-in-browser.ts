import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

// The shell is the same browser without windows: it needs half of the time for a page.
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const CHROMIUM = process.env.CHROMIUM_BIN ?? INSTALLED.find((it) => existsSync(it)) ?? INSTALLED.join(' or ');
const TABS_MAX = 80;

export interface Looks {
  readonly width?: number;
  readonly language?: 'de' | 'en' | 'fr' | 'es';
  readonly theme?: 'light' | 'dark';
  /** false: the browser carries out none, as of a page that has to do without. */
  readonly hasScripts?: boolean;
  /** true: a browser of its own, which has the whole application and works without a network, too. */
  readonly isInstalled?: boolean;
}

const WIDE = { language: 'de', theme: 'light', width: 1440 } as const;
const NARROW = { language: 'en', theme: 'dark', width: 320 } as const;
/** What a page is looked at in. */
export const LOOKS = [WIDE, NARROW] as const;
/** For walks over all pages of an area: one look where time is short, all with `npm run test:web`. */
export const LOOKS_OF_WALKS = process.env.WEB_LOOKS === 'all' ? LOOKS : ([NARROW] as const);

/** Debian's Chromium on the pages of a running platform, and everything that it complained about. */
export class PagesInBrowser {
  /** What the browser refused or what failed in a page: violations of the content security policy above all. */
  readonly complaints: string[] = [];
  /** Whoever has signed in stays so, in each of their looks: to sign in costs more than all that most tests do. */
  private readonly signedIn = new Map<string, BrowserContext>();

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async start(url: string): Promise<PagesInBrowser> {
    if (!existsSync(CHROMIUM)) {
      throw new Error(
        `These tests look at the pages in Chromium, which is not at ${CHROMIUM}. Install it (Debian: apt-get install chromium-headless-shell), or ` +
          'name it in CHROMIUM_BIN.',
      );
    }
    // Root in a container has no sandbox of its own; the pages are ours.
    return new PagesInBrowser(await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] }), url);
  }

  /** A browser of its own for whoever is not signed in. */
  async visit(path: string, looks: Looks = {}): Promise<Page> {
    const page = await this.pageOf(await this.contextOf(looks));
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  private async contextOf(looks: Looks): Promise<BrowserContext> {
    const { width = 1440, language = 'de', theme = 'light', hasScripts = true, isInstalled = false } = looks;
    const viewport = { width, height: width < 500 ? 740 : 900 };
    const context = await this.browser.newContext({
      viewport,
      locale: language,
      colorScheme: theme,
      baseURL: this.url,
      javaScriptEnabled: hasScripts,
      serviceWorkers: isInstalled ? 'allow' : 'block',
    });
    // What the policy refuses is said on the console in most cases; the event is raised in all.
    await context.addInitScript(REPORT_VIOLATIONS);
    return context;
  }

  private async pageOf(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // A refusal that a test provokes is an answer, not a fault of the page.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /**
   * Signs in as one of the demo's people, by one click on the name, and comes back to the page. Who is signed in already gets a new page of
   * the same session; a test that closes the context, not the page alone, ends the session.
   */
  async signIn(person: string, path: string, looks: Looks = {}): Promise<Page> {
    return this.arrive(person, path, looks, (page) => page.getByRole('button', { name: person }).first().click());
  }

  /** Signs in as the user of a municipality, or as an expert, of whom the demo has nobody of its own. */
  async signInFor(role: string, id: string, path: string, looks: Looks = {}): Promise<Page> {
    return this.arrive(`${role} ${id}`, path, looks, async (page) => {
      await page.locator('input[name=id]').fill(id);
      await page.locator(`button[name=role][value=${role}]`).click();
    });
  }

  private async arrive(who: string, path: string, looks: Looks, choose: (page: Page) => Promise<void>): Promise<Page> {
    const key = JSON.stringify([who, looks]);
    const known = this.signedIn.get(key);
    if (known !== undefined) {
      const page = await this.pageOf(known);
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    }
    const context = await this.contextOf(looks);
    if (looks.isInstalled !== true) this.signedIn.set(key, context);
    context.on('close', () => this.signedIn.delete(key));
    const page = await this.pageOf(context);
    await page.goto(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
    await choose(page);
    await page.waitForURL(`${this.url}/**`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** Between two tests. Each page of a person holds one of the six connections that a browser has to a server. */
  async closePages(): Promise<void> {
    for (const context of this.browser.contexts()) for (const page of context.pages()) await page.close();
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  console.error('refused by the content security policy: ' + event.violatedDirective + ' ' + event.blockedURI))`;

/** Everything that a script of the page could read of what the browser keeps. */
export async function storedIn(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => {
    const request = (asked) => new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const databases = await Promise.all((await indexedDB.databases()).map(async ({ name }) => {
      const database = await request(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const rows = stores.map((store) => request(database.transaction(store).objectStore(store).getAll()));
      const kept = [name, stores, await Promise.all(rows)];
      database.close();
      return kept;
    }));
    return JSON.stringify([localStorage, sessionStorage, document.cookie, databases]);
  })()`);
}

/** What axe finds on a page as it is now, in words that say where. */
export async function faultsOf(page: Page): Promise<string[]> {
  // The pages have no frames: without axe's second page for them, and without what is well, this takes a third of the time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** By how many pixels a page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Goes with the Tab key until something has the focus; fails where the keyboard does not get there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${String(target)}`);
}

async function isFocused(target: Locator): Promise<boolean> {
  // Where nothing has the focus the locator finds nothing.
  return (await target.and(target.page().locator(':focus')).count()) > 0;
}
