import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { type PagesInBrowser, storedIn } from './pages-in-browser';

type Work = (page: Page) => Promise<void>;

/** People who come one after the other, each with a browser of their own; what each browser kept is looked at afterwards. */
export class PeopleAtWork {
  /** What a script could have read in each browser when its person left. */
  readonly stored: string[] = [];

  constructor(private readonly pages: PagesInBrowser) {}

  /** One of the demo's people. */
  async as(person: string, path: string, work: Work): Promise<void> {
    await this.leaving(await this.pages.signIn(person, path), work);
  }

  /** Towns of the partner read English, the others German. */
  async forTown(role: 'municipality-de' | 'municipality-partner', id: string, path: string, work: Work): Promise<void> {
    const language = role === 'municipality-de' ? 'de' : 'en';
    await this.leaving(await this.pages.signInFor(role, id, path, { language }), work);
  }

  async expert(id: string, path: string, work: Work): Promise<void> {
    await this.leaving(await this.pages.signInFor('expert', id, path), work);
  }

  private async leaving(page: Page, work: Work): Promise<void> {
    try {
      await work(page);
    } catch (error) {
      // What the page said instead is what whoever reads this in CI needs first.
      throw new Error(`${page.url()} showed:\n${await page.locator('body').innerText()}`, { cause: error });
    }
    this.stored.push(await storedIn(page));
    await page.close();
  }
}

/** What a dialog's fields are given, by their labels: ticked, typed or chosen. */
export type Answers = Readonly<Record<string, string | true | { readonly label: string }>>;

/** One act: its button, what it asks, and that it is done. */
export async function act(page: Page, label: string, done: string | RegExp, answers: Answers = {}): Promise<void> {
  await asked(page, label, answers);
  await send(page, label, done);
}

/** The dialog of an act, filled in and not sent yet. */
export async function asked(page: Page, label: string, answers: Answers): Promise<Locator> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const [name, answer] of Object.entries(answers)) {
    const field = dialog.getByLabel(name, { exact: answer === true });
    if (answer === true) await field.check();
    else if (typeof answer === 'string') await field.fill(answer);
    else await field.selectOption(answer);
  }
  return dialog;
}

export async function send(page: Page, label: string, done: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await told(page, done);
}

export async function told(page: Page, sentence: string | RegExp): Promise<void> {
  await page.getByText(sentence).first().waitFor();
}

export async function downloadedBy(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await download.path(), 'utf8');
}

export function pathOf(page: Page): string {
  return new URL(page.url()).pathname;
}

/** The id in the address behind a link, as anybody could read it there. */
export async function idBehind(page: Page, name: string | RegExp): Promise<string> {
  const address = await page.getByRole('link', { name }).first().getAttribute('href');
  return address?.split('/').at(-1) ?? '';
}

/** A day as Germans type it. */
export function dayTyped(day: Date): string {
  return `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
}

/** A day as the German pages show it. */
export function dayShown(day: Date): string {
  return day.toLocaleDateString('de-DE', { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' });
}
