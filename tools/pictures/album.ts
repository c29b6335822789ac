import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { faultsOf, overflowOf } from '../e2e/pages-in-browser';
import { openFirst, openPage } from './open';

const WIDTHS = [1440, 768, 360] as const;
const THEMES = ['light', 'dark'] as const;
const HEIGHT = 900;

/** The pictures of what one person sees in one language. */
export class Album {
  constructor(
    private readonly page: Page,
    private readonly folder: string,
    private readonly labels: readonly string[],
    private readonly isQuick: boolean,
  ) {}

  /** Photographs a page in every width and theme, prints what is wrong with it, and says how many faults that are. */
  async photograph(path: string): Promise<number> {
    const found = await this.faultsOf(path).catch((error: unknown) => [String(error)]);
    const said = found === undefined ? 'nothing to open, its list is empty' : found.join('\n    ') || 'no fault';
    console.log(`${[...this.labels, path].join(' ')}: ${said}`);
    return found?.length ?? 0;
  }

  private async faultsOf(path: string): Promise<string[] | undefined> {
    await this.page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
    const address = await openFirst(this.page, path);
    if (address === undefined) return undefined;
    await openPage(this.page, address);
    const found: string[] = [];
    for (const theme of THEMES) {
      await this.page.evaluate(`document.documentElement.dataset.kernTheme = '${theme}'`);
      for (const width of WIDTHS) {
        if (this.isQuick && !isExamined(width, theme)) continue;
        await this.page.setViewportSize({ width, height: HEIGHT });
        const overflow = await overflowOf(this.page);
        if (overflow > 0) found.push(`${overflow} px wider than ${width}`);
        const file = `${this.nameOf(path, width, theme)}.png`;
        await this.page.screenshot({ path: join(this.folder, file), fullPage: true });
        if (isExamined(width, theme)) found.push(...(await faultsOf(this.page)));
      }
    }
    return found;
  }

  private nameOf(path: string, width: number, theme: string): string {
    const name = path.replaceAll(/[^\da-z]+/gi, '-').replaceAll(/^-|-$/g, '') || 'home';
    const [person = '', language] = this.labels;
    return [name, person.split(' ')[0], language, width, theme].join('_');
  }
}

/** Two looks that differ in all things hold the others up: axe takes as long as all pictures of a page. */
function isExamined(width: number, theme: string): boolean {
  return (width === 1440 && theme === 'light') || (width === 360 && theme === 'dark');
}
