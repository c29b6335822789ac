import type { Page } from 'playwright-core';
import { faultsOf, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
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

const TITLE = 'Wasser wachsender Städte';
/** Where the event made here lies, once it is made. */
let eventPath = '';

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function act(
  page: Page,
  label: string,
  done: string,
  fill: (page: Page) => Promise<void> = ready,
): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await fill(page);
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await page.getByText(done).waitFor();
}

async function ready(): Promise<void> {
  // Nothing is asked.
}

const because = (reason: string) => (page: Page) => page.getByRole('dialog').getByLabel('Grund').fill(reason);

/** A day that has still some hours to go where it is counted: an event of today has to begin in the future. */
function today(): { timeZone: string; day: string; tomorrow: string } {
  const now = performance.timeOrigin + performance.now();
  const timeZone = new Date(now).getUTCHours() < 20 ? 'UTC' : 'Asia/Tokyo';
  const dayOf = (instant: number) =>
    new Intl.DateTimeFormat('de-DE', { timeZone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(instant);
  return { timeZone, day: dayOf(now), tomorrow: dayOf(now + 86_400_000) };
}

describe('an event', () => {
  it('is drafted and published by an organiser, and then read by whoever comes', async () => {
    const adviser = await pages.signIn('Anton Adler', '/events/new');
    const { timeZone, day, tomorrow } = today();
    await adviser.getByRole('button', { name: 'Veranstaltung anlegen' }).click();
    await adviser.locator('.kern-alert--danger').waitFor();
    await expectGood(adviser);
    await adviser.getByLabel('Art', { exact: true }).selectOption('CONFERENCE');
    await adviser.getByLabel('Titel (Deutsch)').fill(TITLE);
    await adviser.getByLabel('Vor Ort und online').check();
    await adviser.getByLabel(/^Ort \(/).fill('Rathaus, Moshi');
    await adviser.getByLabel('Zeitzone des Orts').selectOption(timeZone);
    for (const [legend, on, at] of [
      ['Beginn', day, '23:50'],
      ['Ende', tomorrow, '17.00'],
      ['Anmeldeschluss', day, '2350'],
    ] as const) {
      const group = adviser.getByRole('group', { name: legend, exact: true });
      await group.getByLabel('Tag').fill(on);
      await group.getByLabel('Uhrzeit').fill(at);
    }
    await adviser.getByLabel('Plätze insgesamt').fill('4');
    await adviser.getByRole('button', { name: 'Kontingent hinzufügen' }).click();
    const quota = adviser.getByRole('group', { name: 'Kontingent 1' });
    await quota.getByLabel('Gruppe').selectOption('PARTNER_SIDE');
    await quota.getByLabel('Plätze höchstens').fill('2');
    await adviser.getByRole('button', { name: 'Veranstaltung anlegen' }).click();
    await adviser.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    eventPath = new URL(adviser.url()).pathname;

    const visitor = await pages.visit('/events');
    await visitor.waitForLoadState('networkidle');
    expect(await visitor.getByRole('link', { name: TITLE }).count()).toBe(0);
    await act(adviser, 'Veröffentlichen', 'ist veröffentlicht');
    await open(visitor, '/events');
    await visitor.getByRole('link', { name: TITLE }).click();
    await visitor
      .getByRole('row', { name: /Partnerseite/ })
      .getByText('2', { exact: true })
      .waitFor();
    await visitor.getByRole('link', { name: 'Zum Anmelden einloggen' }).waitFor();
    await expectGood(visitor);
    await visitor.close();
    await adviser.close();
  }, 120_000);
});

describe('a registration', () => {
  it('is made by keyboard alone, and refused at once with the numbers when it could never fit', async () => {
    const town = await pages.signIn('Mosi Kibo', eventPath);
    await tabTo(town, town.getByRole('link', { name: 'Anmelden', exact: true }));
    await town.keyboard.press('Enter');
    await town.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    await tabTo(town, town.getByLabel('Vor Ort', { exact: true }));
    await town.keyboard.press('Space');
    for (const [number, name] of ['Asha Mushi', 'Juma Kweka', 'Neema Massawe'].entries()) {
      if (number > 0) {
        await tabTo(town, town.getByRole('button', { name: 'Person hinzufügen' }));
        await town.keyboard.press('Enter');
      }
      const person = town.getByRole('group', { name: `Person ${number + 1}` });
      await tabTo(town, person.getByLabel('Name', { exact: true }));
      await town.keyboard.type(name);
      await tabTo(town, person.getByLabel('E-Mail-Adresse'));
      await town.keyboard.type(`${name.split(' ')[0] ?? ''}@example.org`);
    }
    await tabTo(town, town.getByRole('button', { name: 'Verbindlich anmelden' }));
    await town.keyboard.press('Enter');
    await town.getByText('3 Personen, aber höchstens 2 Plätze (Partnerseite).').waitFor();
    expect(new URL(town.url()).pathname).toBe(`${eventPath}/register`);
    await expectGood(town);
    await town.keyboard.press('Shift+Tab');
    await tabTo(town, town.getByRole('button', { name: 'Person 3 entfernen' }));
    await town.keyboard.press('Enter');
    await town.getByText('2 Plätze gebraucht, 2 frei: Es reicht für eine Zusage.').waitFor();
    await tabTo(town, town.getByRole('button', { name: 'Verbindlich anmelden' }));
    await town.keyboard.press('Enter');
    await town.getByText('Die Anmeldung ist angekommen.').waitFor();
    await town.getByText('Zugesagt', { exact: true }).waitFor();
    await town.close();
  }, 120_000);

  it('waits in a place that is explained, is offered what becomes free, and takes it', async () => {
    const durban = await pages.signIn('Thandi Umgeni', `${eventPath}/register`);
    await durban.getByLabel('Online', { exact: true }).check();
    await durban.getByLabel('Name', { exact: true }).fill('Thandi Umgeni');
    await durban.getByLabel('E-Mail-Adresse').fill('thandi@example.org');
    await durban.getByText('Barrierefreie Teilnahme (freiwillig)').click();
    await durban.getByLabel('Untertitel').check();
    await durban.getByLabel(/^Untertitel: Was sollen wir wissen/).fill('auf Englisch');
    await durban.getByText('1 Platz gebraucht, 0 frei: Die Anmeldung kommt auf die Warteliste.').waitFor();
    await expectGood(durban);
    await durban.getByRole('button', { name: 'Verbindlich anmelden' }).click();
    await durban.getByText('Platz 1', { exact: true }).waitFor();
    await durban.getByText('Es ist kein Platz frei.').waitFor();
    await durban.getByText(/Wer früher da war, kommt zuerst/).waitFor();
    await expectGood(durban);

    const moshi = await pages.signIn('Mosi Kibo', eventPath);
    await moshi.getByRole('link', { name: 'Eine Delegation, 2 Plätze' }).click();
    await act(moshi, 'Anmeldung ändern', 'Die Anmeldung ist geändert.', async (page) => {
      await page.getByRole('dialog').getByLabel('Juma Kweka').check();
      await because('Vertretung im Rathaus')(page);
      await expectGood(page);
    });
    await act(moshi, 'Jemand anderen schicken', 'Die Person ist ersetzt.', async (page) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Asha Mushi').check();
      await dialog.getByLabel('Name', { exact: true }).fill('Çiğdem Öztürk');
      await dialog.getByLabel('E-Mail-Adresse').fill('cigdem@example.org');
      await because('Erkrankt')(page);
      await expectGood(page);
    });
    await moshi.getByRole('rowheader', { name: 'Çiğdem Öztürk' }).waitFor();
    await moshi.close();

    await open(durban, '/');
    await durban.getByRole('link', { name: 'Angebotene Plätze: bitte annehmen oder ablehnen' }).click();
    await durban.getByRole('link', { name: TITLE }).click();
    await durban.getByText('Ihnen ist ein Platz angeboten').waitFor();
    await expectGood(durban);
    await act(durban, 'Platz annehmen', 'Die Plätze sind Ihnen zugesagt.');
    await durban.close();
  }, 120_000);
});

describe('the organisers', () => {
  it('close the registration, take somebody late, and see at the desk who needs what', async () => {
    const adviser = await pages.signIn('Anton Adler', eventPath);
    await act(adviser, 'Anmeldung jetzt schließen', 'Die Anmeldung ist geschlossen.', async (page) => {
      await page.getByRole('dialog').getByText('Betroffen: 2 Anmeldungen mit 2 Plätzen.').waitFor();
      await because('Der Saal ist vorbereitet')(page);
    });
    await adviser.getByRole('link', { name: 'Anmeldungen verwalten' }).click();
    await adviser.getByRole('row', { name: /Thandi Umgeni.*Untertitel.*auf Englisch/ }).waitFor();
    await adviser.getByRole('row', { name: /Çiğdem Öztürk, Moshi/ }).waitFor();
    await expectGood(adviser);
    await open(adviser, `${eventPath}/register`);
    await adviser.getByLabel('Fachkräfte').check();
    await adviser.getByLabel('Eine Person').check();
    await adviser.getByLabel('Vor Ort', { exact: true }).check();
    await adviser.getByLabel('Warum wird sie nach Anmeldeschluss angenommen?').fill('Hält einen Vortrag');
    await adviser.getByLabel('Name', { exact: true }).fill('Erika Fachmann');
    await adviser.getByLabel('E-Mail-Adresse').fill('erika@example.org');
    await adviser.getByRole('button', { name: 'Verbindlich anmelden' }).click();
    await adviser.getByText('Hält einen Vortrag').waitFor();
    await adviser.close();
  }, 120_000);

  it('check people in on a phone: by name, with one tap, and take it back', async () => {
    const phone = await pages.signIn('Anton Adler', `${eventPath}/check-in`, { width: 360 });
    await phone.getByText('0 von 3 da').waitFor();
    await phone.getByLabel('Name suchen').fill('ozturk');
    expect(await phone.locator('.door__party').count()).toBe(1);
    const button = phone.getByRole('button', { name: 'Einchecken: Çiğdem Öztürk' });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await button.click();
    await phone.getByText('Çiğdem Öztürk: eingecheckt.').waitFor();
    await phone.getByText('1 von 3 da').waitFor();
    await expectGood(phone);
    await phone.getByRole('button', { name: 'Rückgängig: Çiğdem Öztürk' }).click();
    await phone.getByText('0 von 3 da').waitFor();
    await phone.getByRole('button', { name: 'Einchecken: Çiğdem Öztürk' }).click();
    await phone.getByText('1 von 3 da').waitFor();
    await phone.getByLabel('Name suchen').fill('');
    await phone.getByRole('button', { name: 'Nicht erschienen: Thandi Umgeni' }).click();
    await phone.getByText('Thandi Umgeni: Nicht erschienen').waitFor();
    await phone.getByRole('link', { name: 'Ohne Anmeldung einlassen' }).click();
    await phone.getByLabel('Deutsche Seite').check();
    await phone.getByLabel('Name', { exact: true }).fill('Anna Müller');
    await phone.getByLabel('E-Mail-Adresse').fill('anna@example.org');
    await expectGood(phone);
    await phone.getByRole('button', { name: 'Einlassen und einchecken' }).click();
    await phone.getByText('2 von 4 da').waitFor();
    await open(phone, `${eventPath}/attendance`);
    await phone.getByText('2 von 4 Plätzen genutzt').waitFor();
    await expectGood(phone);

    await open(phone, `${eventPath}/desk?status=NO_SHOW`);
    await phone.getByRole('link', { name: /^Thandi Umgeni/ }).click();
    await act(phone, 'Anwesenheit berichtigen', 'Die Anwesenheit ist berichtigt.', async (page) => {
      await page
        .getByRole('dialog')
        .getByLabel(/^Wie viele sind gekommen/)
        .fill('1');
      await because('Kam später dazu')(page);
    });
    await phone.getByText('1 von 1').waitFor();
    await phone.close();
  }, 120_000);

  it('postpone it and see whom new dates affect before they save them', async () => {
    const officer = await pages.signIn('Paula Programm', eventPath);
    await act(officer, 'Verschieben', 'Die Veranstaltung ist verschoben.', because('Sturmwarnung'));
    await officer.getByText('Die Veranstaltung ist verschoben', { exact: true }).waitFor();
    await officer.getByRole('link', { name: 'Ändern' }).click();
    await officer.getByLabel('Plätze insgesamt').fill('1');
    await officer.getByText('So würde die Änderung abgelehnt').waitFor();
    await officer.getByLabel('Plätze insgesamt').fill('6');
    await officer.getByText(/Geändert wird: Plätze\. Betroffen: 1 Anmeldung mit 1 Platz/).waitFor();
    await expectGood(officer);
    await officer.getByLabel('Grund der Änderung').fill('Größerer Saal');
    await officer.getByRole('button', { name: 'Änderung speichern' }).click();
    await officer.getByText('Die Veranstaltung ist geändert.').waitFor();
    await act(officer, 'Absagen', 'Die Veranstaltung ist abgesagt.', async (page) => {
      await page
        .getByRole('dialog')
        .getByText(/Alle Anmeldungen werden mit abgesagt/)
        .waitFor();
      await because('Der Sturm ist da')(page);
    });
    await officer.getByText('Der Sturm ist da').waitFor();
    await officer.close();
  }, 120_000);
});

describe('the pages of events, in English, dark and 320 pixels wide', () => {
  const looks = { language: 'en', theme: 'dark', width: 320 } as const;

  it('are accessible to everybody whom they are for', async () => {
    const adviser = await pages.signIn('Anton Adler', '/events?when=any', looks);
    const desk = ['register', 'desk', 'walk-in', 'check-in', 'attendance'].map((page) => `${eventPath}/${page}`);
    for (const path of [
      '/events?when=any',
      '/events/new',
      '/events/deletions',
      eventPath,
      `${eventPath}/edit`,
      ...desk,
    ]) {
      await open(adviser, path);
      await expectGood(adviser);
    }
    await adviser.close();
    const town = await pages.signIn('Mosi Kibo', '/registrations', looks);
    await expectGood(town);
    await open(town, eventPath);
    await expectGood(town);
    await town.close();
  }, 180_000);
});

it('was not refused anything by the content security policy', () => {
  expect(pages.complaints).toEqual([]);
});
