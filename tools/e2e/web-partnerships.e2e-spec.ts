import { buffer } from 'node:stream/consumers';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('the map of partnerships', () => {
  it.each(LOOKS_OF_WALKS)('is accessible and fits in $language, $theme, $width pixels', async (looks) => {
    const page = await pages.signIn('Paula Programm', '/partnerships/map', looks);
    await page.locator('.world__mark').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.close();
  });

  it('says what its table says, keeps the filter of the list, and opens a country by keyboard', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships?status=ACTIVE');
    await page.getByRole('link', { name: 'Karte' }).click();
    const mark = page.getByRole('link', { name: /^Tansania: \d+ Partnerschaft/ });
    await mark.waitFor();
    expect(page.url()).toContain('/partnerships/map?status=ACTIVE');
    const row = page.getByRole('row').filter({ hasText: 'Tansania' });
    const count = Number(await mark.locator('text').textContent());
    expect(Number(await row.getByRole('cell').textContent())).toBe(count);
    const marks = await page.locator('.world__mark:not(.world__mark--here)').count();
    expect(await page.locator('tbody tr').count()).toBe(marks);

    await tabTo(page, mark);
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Kommunen' }).waitFor();
    const { search, pathname } = new URL(page.url());
    expect([pathname, search]).toEqual(['/partnerships', '?status=ACTIVE&country=TZ']);
    expect(await page.locator('tbody tr').count()).toBe(count);
    expect(await page.getByLabel('Partnerland').inputValue()).toBe('TZ');
    await page.close();
  });

  it('fetches the shapes of countries only where a map is opened', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    const fetched: string[] = [];
    page.on('response', (response) => fetched.push(response.url()));
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(fetched.filter((url) => url.includes('world-map'))).toEqual([]);
    await page.getByRole('link', { name: 'Karte' }).click();
    await page.locator('.world__mark').first().waitFor();
    expect(fetched.filter((url) => url.includes('world-map'))).toHaveLength(1);
    await page.close();
    expect(pages.complaints).toEqual([]);
  });
});

describe('a partnership that changes', () => {
  let path = '';
  const address = () => path.replace('/edit', '');

  it('is changed with the reason, and shows what it said before', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships?q=Moshi');
    await page.locator('tbody tr a').first().click();
    await page.getByRole('link', { name: 'Ändern' }).click();
    path = new URL(page.url()).pathname;
    await page.getByRole('checkbox', { name: 'Französisch' }).check();
    await page.getByRole('button', { name: 'Änderung festhalten' }).click();
    await page.locator('.kern-alert--danger').waitFor();
    await page.getByLabel('Grund der Änderung').fill('Französisch kam mit der neuen Stelle dazu.');
    await page.getByRole('button', { name: 'Änderung festhalten' }).click();
    await page.getByText('Die Änderung ist festgehalten.').waitFor();
    const change = page.getByRole('row').filter({ hasText: 'Französisch kam mit der neuen Stelle dazu.' });
    expect(await change.locator('del').textContent()).not.toContain('Französisch');
    expect(await change.locator('ins').textContent()).toContain('Französisch');
    await page.getByRole('link', { name: 'Akte mit allem, was geschah' }).click();
    await page.getByText('Alle Bereiche sind auf dem neuesten Stand.').waitFor();
    const facts = page.getByRole('row').filter({ hasText: 'Partnerschaft geändert' });
    await facts.filter({ hasText: 'Französisch kam mit der neuen Stelle dazu.' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Vereinbarung unterzeichnet' }).first().waitFor();
    await page.close();
  });

  it('keeps what was agreed and resolved with its file, which those who take part read as it came', async () => {
    const page = await pages.signIn('Anton Adler', address());
    const dialog = page.getByRole('dialog');
    const file = Buffer.from(`%PDF-1.7\n${'Der Gemeinderat stimmt zu. '.repeat(15_000)}`);
    const minutes = { name: 'niederschrift.pdf', mimeType: 'application/pdf', buffer: file };

    await tabTo(page, page.getByRole('button', { name: 'Beschluss erfassen' }));
    await page.keyboard.press('Enter');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.type('Gemeinde- oder Stadtrat');
    await dialog.getByLabel('Von welcher Kommune').selectOption({ label: 'Tübingen, Universitätsstadt' });
    await dialog.getByLabel('Beschlossen am').fill('9.3.2026');
    await dialog.getByLabel('Vorlagen- oder Beschlussnummer').fill('Vorlage 45/2026');
    await tabTo(page, dialog.getByRole('button', { name: 'Beschluss erfassen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Der Beschluss ist erfasst.').waitFor();

    const row = page.getByRole('row').filter({ hasText: 'Vorlage 45/2026' });
    await row.getByText('Gemeinde- oder Stadtrat, Tübingen').waitFor();
    await row.getByRole('button', { name: 'Datei nachreichen: Ratsbeschluss' }).click();
    const program = { name: 'niederschrift.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') };
    await dialog.getByLabel('Datei').setInputFiles(program);
    await dialog.getByText('weder PDF noch XML, JPEG oder PNG').waitFor();
    await dialog.getByLabel('Datei').setInputFiles(minutes);
    await dialog.getByText('Übernommen: niederschrift.pdf').waitFor();
    await dialog.getByRole('button', { name: 'Datei nachreichen: Ratsbeschluss' }).click();
    await page.getByText('Die Datei ist hinterlegt.').waitFor();

    const link = row.getByRole('link', { name: 'niederschrift.pdf' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('niederschrift.pdf');
    expect((await buffer(await download.createReadStream())).equals(file)).toBe(true);
    const href = (await link.getAttribute('href')) ?? '';
    await page.close();

    const moshi = await pages.signIn('Mosi Kibo (Moshi)', address());
    const read = await moshi.request.get(href);
    expect((await read.body()).equals(file)).toBe(true);
    await moshi.getByRole('row').filter({ hasText: 'Vorlage 45/2026' }).getByRole('link').waitFor();
    await moshi.close();
    const bremen = await pages.signIn('Bernd Weser (Bremen)', '/partnerships');
    expect((await bremen.request.get(href)).status()).toBe(404);
    await bremen.close();
    const nobody = await pages.visit('/');
    expect((await nobody.request.get(href)).status()).toBe(401);
    await nobody.close();
  });

  it.each(LOOKS_OF_WALKS)('has accessible pages in $language, $theme, $width pixels', async (looks) => {
    const page = await pages.signIn('Anton Adler', path, looks);
    for (const part of ['/edit', '', '/timeline']) {
      await page.goto(address() + part);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect(await faultsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
    await page.close();
  });
});

describe('the registry of municipalities', () => {
  const addresses = { elmina: '', winneba: '', axim: '' };

  it('finds German ones as people write them, and records them as the register has them', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships');
    await page.getByRole('link', { name: 'Kommunen', exact: true }).click();
    await page.getByRole('link', { name: 'Amtliches Gemeindeverzeichnis' }).click();
    await page.getByRole('columnheader', { name: 'Schlüssel', exact: true }).waitFor();
    await page.getByLabel('Name oder Schlüssel').fill('8416041');
    const town = page.getByRole('row').filter({ hasText: '08416041' });
    await town.getByRole('link', { name: 'Öffnen: Tübingen' }).waitFor();
    await page.getByLabel('Name oder Schlüssel').fill('LK Reutlingen');
    const district = page.getByRole('row').filter({ hasText: 'Landkreis' }).first();
    await district.getByRole('button', { name: /^Erfassen: Reutlingen/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Erfassen: Reutlingen/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Reutlingen' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Kreisschlüssel' }).filter({ hasText: '08415' }).waitFor();
    await page.getByLabel('Brotkrumen').or(page.locator('.crumbs')).getByRole('link', { name: 'Kommunen' }).click();
    await page.getByLabel('Name oder Schlüssel').fill('8415');
    await page.getByRole('row').filter({ hasText: '08415' }).getByRole('link', { name: 'Reutlingen' }).waitFor();
    await page.close();
  });

  it('records towns of the world by a name, and what became of them: A and B that went into C', async () => {
    const page = await pages.signIn('Anton Adler', '/municipalities/places');
    for (const name of ['Elmina', 'Winneba', 'Axim']) {
      await page.goto(`/municipalities/places?q=${name}%20Ghana`);
      await page.getByRole('button', { name: `Erfassen: ${name}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Stadt', { exact: true }).check();
      await dialog.getByRole('button', { name: 'Neue Partnerkommune erfassen' }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByText(/^\d,\d+° N, /).waitFor();
      addresses[name.toLowerCase() as keyof typeof addresses] = new URL(page.url()).pathname;
    }
    const keyOf = async (address: string) => {
      await page.goto(address);
      return page.getByRole('row').filter({ hasText: 'GeoNames' }).getByRole('cell').first().innerText();
    };
    const keys = [await keyOf(addresses.elmina), await keyOf(addresses.winneba), await keyOf(addresses.axim)];
    for (const address of [addresses.elmina, addresses.winneba]) {
      await page.goto(address);
      await page.getByRole('link', { name: 'Rechtsnachfolge erklären' }).click();
      await page.getByLabel(/^Zusammenschluss/).check();
      await page.getByLabel(/^Ab welchem Tag/).fill('01.01.2026');
      await page.getByLabel('Grund').fill('Gesetz vom 1. Dezember 2025');
      await page.getByRole('button', { name: 'Rechtsnachfolge festhalten' }).click();
      await page.getByText('Bitte eine Kommune wählen; bei einer Teilung mindestens zwei.').waitFor();
      await page.getByRole('combobox', { name: 'Kommune suchen, die nachfolgt' }).fill('Axim');
      await page.getByRole('option', { name: /^Axim/ }).click();
      await page.getByRole('button', { name: 'Rechtsnachfolge festhalten' }).click();
      await page.getByText(/untergegangen am 01\.01\.2026, heute:/).waitFor();
    }
    await page.locator('.page__lead').getByRole('link', { name: 'Axim' }).click();
    await page.getByRole('heading', { level: 1, name: 'Axim' }).waitFor();
    const line = page.getByRole('row').filter({ hasText: 'Zusammenschluss' });
    await line.filter({ hasText: 'Elmina' }).getByRole('link', { name: 'Elmina' }).waitFor();
    await line.filter({ hasText: 'Winneba' }).waitFor();
    for (const key of keys) {
      await page.goto(`/municipalities?q=${key}`);
      await page.getByRole('link', { name: 'Axim' }).waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
    }
    await page.close();
  });

  it('refuses a new partnership with a municipality that has ended, and names the way on', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships/new');
    await page.getByRole('combobox', { name: 'Deutsche Kommune suchen' }).fill('Tübingen');
    await page
      .getByRole('option', { name: /^Tübingen/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Partnerkommune suchen' }).fill('Elmina');
    await page.getByRole('option', { name: /^Elmina.*untergegangen/ }).click();
    await page.getByLabel('Kontakt', { exact: true }).check();
    await page.getByRole('checkbox', { name: 'Englisch' }).check();
    await page
      .locator('select[name="fieldsOfAction.0.key"], #field-fieldsOfAction-0-key')
      .first()
      .selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Partnerschaft erfassen' }).click();
    const notice = page.locator('.kern-alert--warning').filter({ hasText: 'Elmina ist untergegangen' });
    expect(await notice.getByRole('link', { name: 'Axim' }).getAttribute('href')).toBe(addresses.axim);
    await page.close();
  });

  it('keeps every correction and identifier with its reason and what was said before', async () => {
    const page = await pages.signIn('Anton Adler', addresses.axim);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Berichtigen' }).click();
    await dialog.getByLabel('Amtlicher Name').fill('Nzema-Axim');
    await dialog.getByLabel(/^Breite in Grad/).fill('-4,5');
    await dialog.getByLabel('Grund').fill('So steht es in der Satzung.');
    await dialog.getByRole('button', { name: 'Berichtigen' }).click();
    const change = page.getByRole('row').filter({ hasText: 'So steht es in der Satzung.' });
    await change
      .locator('del')
      .filter({ hasText: /^Axim$/ })
      .waitFor();
    await change.locator('ins').filter({ hasText: 'Nzema-Axim' }).waitFor();
    await change.locator('ins').filter({ hasText: '4,5° S' }).waitFor();

    await page.getByRole('button', { name: 'Kennzeichen hinzufügen' }).click();
    await dialog.getByLabel('Art des Kennzeichens').selectOption('wikidata');
    await dialog.getByLabel('Wert').fill('Q4830452');
    await dialog.getByLabel('Grund').fill('Wikidata');
    await dialog.getByRole('button', { name: 'Kennzeichen hinzufügen' }).click();
    await page.getByRole('button', { name: 'Beenden: Wikidata Q4830452' }).click();
    await dialog.getByLabel(/^Nicht mehr gültig ab/).fill('01.02.2026');
    await dialog.getByLabel('Grund').fill('doppelt');
    await dialog.getByRole('button', { name: /^Kennzeichen beenden/ }).click();
    await page.getByRole('row').filter({ hasText: 'Q4830452' }).filter({ hasText: '01.02.2026' }).first().waitFor();
    await page.close();
  });

  it('names whom to talk to while that person consents, and deletes who it was with the consent', async () => {
    const page = await pages.signIn('Anton Adler', addresses.axim);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Ansprechperson erfassen' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Amina Mwakyusa');
    await dialog.getByLabel('Funktion').fill('Leitung Abfallwirtschaft');
    await dialog.getByLabel('E-Mail').fill('amina@axim.example');
    await dialog.getByLabel(/^Einwilligung gegeben am/).fill('02.01.2026');
    await dialog.getByRole('button', { name: 'Ansprechperson erfassen' }).click();
    await dialog.locator('.kern-alert--danger').waitFor();
    await dialog.getByLabel('Wie sie gegeben wurde').fill('Formular vom 2. Januar 2026');
    await dialog.getByRole('button', { name: 'Ansprechperson erfassen' }).click();
    const contact = page.getByRole('row').filter({ hasText: 'gegeben am 02.01.2026' });
    await contact.getByRole('link', { name: 'amina@axim.example' }).waitFor();
    await contact.getByRole('button', { name: 'Einwilligung widerrufen: Amina Mwakyusa' }).click();
    await dialog.getByRole('button', { name: 'Widerrufen' }).click();
    await contact.filter({ hasText: 'widerrufen' }).filter({ hasText: 'gelöscht' }).waitFor();
    expect(await page.locator('main, article').first().innerText()).not.toContain('Mwakyusa');
    await page.close();
  });

  it('records an association with what it is founded on', async () => {
    const page = await pages.signIn('Anton Adler', '/municipalities');
    await page.getByRole('button', { name: 'Kommunalverband erfassen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name des Verbands').fill('Zweckverband Abfall Neckar');
    await dialog.getByLabel('Bundesland des Sitzes').selectOption('08');
    await dialog.getByRole('button', { name: 'Kommunalverband erfassen' }).click();
    await dialog.locator('.kern-alert--danger').waitFor();
    await dialog.getByLabel('Worauf er beruht').fill('Satzung vom 1. Mai 1998');
    await dialog.getByRole('button', { name: 'Kommunalverband erfassen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Zweckverband Abfall Neckar' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Satzung vom 1. Mai 1998' }).waitFor();
    await page.close();
  });

  it.each(LOOKS_OF_WALKS)('is accessible and fits in $language, $theme, $width pixels', async (looks) => {
    const page = await pages.signIn('Anton Adler', '/municipalities', looks);
    const { axim } = addresses;
    const others = ['/municipalities/register?q=LK%20Reutlingen', '/municipalities/places?q=Moshi'];
    for (const address of ['/municipalities', ...others, axim, `${axim}/succession`]) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect(await faultsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
    await page.close();
    expect(pages.complaints).toEqual([]);
  });
});
