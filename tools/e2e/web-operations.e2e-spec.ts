import { createHash, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { partnershipRecorded } from '#contracts/partnership';
import { faultsOf, LOOKS, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterAll(async () => {
  await pages?.close();
  await stack?.stop();
});

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

/** A message as its consumer would have set it aside. */
async function setAside(data: unknown): Promise<string> {
  const messageId = randomUUID();
  const partnershipId = randomUUID();
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': messageId,
    'ce-type': partnershipRecorded.subject,
    'ce-subject': partnershipId,
    'ce-time': new Date().toISOString(),
    correlationid: randomUUID(),
    sequence: '1',
  };
  const payload = Buffer.from(JSON.stringify(data === undefined ? ended(partnershipId) : data));
  const hash = createHash('sha256').update(payload).digest();
  await stack.ask(
    'staffing',
    `INSERT INTO dead_letter (id, delivery, message_id, subject, headers, payload, payload_hash, reason, error, attempts)
     VALUES (gen_random_uuid(), 'test ' || $1::text, ($1::text)::uuid, $2, $3, $4, $5, 'failing', 'Error: a fault that was mended', 5)`,
    [messageId, partnershipRecorded.subject, JSON.stringify(headers), payload, hash],
  );
  return partnershipId;
}

const ended = (partnershipId: string) => ({
  partnershipId,
  kind: 'PARTNERSHIP',
  status: 'ENDED',
  period: null,
  participants: [],
  fieldsOfAction: [],
});

describe('the operations board', () => {
  it('is quiet while everything works, and opens its numbers', async () => {
    for (const looks of LOOKS_OF_WALKS) {
      const page = await pages.signIn('Otto Betrieb', '/operations', looks);
      const { language } = looks;
      await page.getByText(language === 'de' ? 'Alles arbeitet' : 'Everything works').waitFor();
      await page.locator('.number').first().locator('summary').click();
      await page.getByText('5').first().waitFor();
      await page.locator('details:not(.number)').last().locator('summary').click();
      await page.getByRole('rowheader', { name: 'seal the chains' }).first().waitFor();
      await expectGood(page);
      await page.close();
    }
  }, 60_000);

  it('says which service is away, and that it is back', async () => {
    const page = await pages.signIn('Otto Betrieb', '/operations');
    await stack.unsupervised(async () => {
      const pid = stack.pidOf('events');
      process.kill(pid, 'SIGSTOP');
      try {
        // It reads itself anew; the test does not wait for that.
        await page.reload();
        await page.getByText('Der Dienst antwortet nicht.').waitFor();
        await page.getByRole('row', { name: /Veranstaltungen Antwortet nicht/ }).waitFor();
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    });
    await page.getByText('Alles arbeitet').waitFor();
    await page.close();
  }, 60_000);
});

describe('messages set aside', () => {
  it('are taken up again with a reason, by keyboard alone, and stand in the audit trail', async () => {
    const partnershipId = await setAside(undefined);
    const page = await pages.signIn('Otto Betrieb', '/operations');
    await page.getByRole('link', { name: 'Eine Nachricht liegt beiseite.' }).click();
    const take = page.getByRole('button', { name: /^Wieder aufnehmen/ });
    await take.waitFor();
    await expectGood(page);
    await tabTo(page, take);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expectGood(page);
    // Without a reason it is not even sent.
    await tabTo(page, dialog.getByRole('button', { name: 'Wieder aufnehmen' }));
    await page.keyboard.press('Enter');
    await dialog.locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await dialog.getByLabel('Begründung').focus();
    await page.keyboard.type('Der Fehler im Verbraucher ist behoben');
    await tabTo(page, dialog.getByRole('button', { name: 'Wieder aufnehmen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Nachricht ist verarbeitet.').waitFor();
    await page.getByText('Keine Nachricht liegt beiseite.').waitFor();
    await page.close();
    expect(await stack.ask('staffing', 'SELECT status FROM partnership_copy WHERE id = $1', [partnershipId])).toEqual([
      { status: 'ENDED' },
    ]);

    const auditor = await pages.signIn('August Revision', '/audit?act=rpc.staffing.dead-letter.replay');
    await auditor.getByText('Der Fehler im Verbraucher ist behoben').waitFor();
    await auditor.close();
  }, 60_000);

  it('stay with the error where it fails again; an auditor looks and has no button', async () => {
    await setAside({ kind: 'FRIENDSHIP' });
    for (const looks of LOOKS_OF_WALKS) {
      const page = await pages.signIn('August Revision', '/operations/dead-letters', looks);
      await page.getByText(partnershipRecorded.subject).first().waitFor();
      expect(await page.getByRole('button', { name: /^(Wieder aufnehmen|Take up again)/ }).count()).toBe(0);
      await expectGood(page);
      await page.close();
    }
    const page = await pages.signIn('Otto Betrieb', '/operations/dead-letters', LOOKS[1]);
    await page.getByRole('button', { name: /^Take up again/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Once more');
    await dialog.getByRole('button', { name: 'Take up again' }).click();
    await dialog.getByText('Error of the new attempt').waitFor();
    await dialog.getByText('partnershipId').waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe('the comparison of messages', () => {
  it('is begun with a reason, by keyboard alone, and says what was missing', async () => {
    const page = await pages.signIn('Otto Betrieb', '/operations');
    await page.getByRole('link', { name: 'Abgleich der Nachrichten' }).click();
    const begin = page.getByRole('button', { name: 'Abgleichen: Geld' });
    await begin.waitFor();
    await tabTo(page, begin);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expectGood(page);
    await page.keyboard.type('Nach der Wiederherstellung');
    await tabTo(page, dialog.getByRole('button', { name: 'Abgleichen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Der Abgleich läuft.').waitFor();
    await page.getByRole('row', { name: /Geld operator Nach der Wiederherstellung alles \d+ Nichts fehlte/ }).waitFor();
    await page.close();
  }, 60_000);

  it('is read by an auditor, and the narrow page fits', async () => {
    const page = await pages.signIn('August Revision', '/operations/rechecks', LOOKS[1]);
    await page.getByText('Nach der Wiederherstellung').waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe('the audit trail', () => {
  it('of one case is found by its number, and says so where there is none or a figure was misheard', async () => {
    for (const looks of LOOKS_OF_WALKS) {
      const page = await pages.signIn('August Revision', '/audit', looks);
      const isGerman = looks.language === 'de';
      if (!isGerman) await page.getByRole('button', { name: 'Narrow the list' }).click();
      const field = page.getByLabel(isGerman ? 'Nummer' : 'Number', { exact: true });
      await field.fill('kp 2026 1');
      await page.getByRole('heading', { level: 1, name: /KP-2026-0001-5/ }).waitFor();

      await page.locator('tbody tr').first().waitFor();
      expect(await page.locator('tbody').innerText()).not.toMatch(/VA-|_|[0-9a-f]{8}-/);
      for (const fields of await page.locator('tbody details > summary').all()) await fields.click();
      await expectGood(page);
      await field.fill('KP-2026-0999');
      await page.getByText(isGerman ? /gibt es keinen Vorgang/ : /There is no case/).waitFor();
      await field.fill('KP-2026-0001-6');
      await page.getByText(isGerman ? /letzte Ziffer passt nicht/ : /last figure does not fit/).waitFor();
      await expectGood(page);
      await page.close();
    }
  }, 60_000);

  it('is narrowed to days, both included', async () => {
    const page = await pages.signIn('August Revision', '/audit?from=2020-01-01&to=2020-01-31');
    await page.getByText('Dazu gibt es keinen Eintrag.').waitFor();
    const day = await page.evaluate<string>("new Date().toLocaleDateString('en-CA')");
    await page.goto(`/audit?from=${day}&to=${day}`);
    await page.getByRole('table', { name: 'Nachweis', exact: true }).locator('tbody tr').first().waitFor();
    await page.close();
  }, 60_000);
});

it('the audit page says whether the chain agreed, part by part', async () => {
  for (const looks of LOOKS_OF_WALKS) {
    const page = await pages.signIn('August Revision', '/audit', looks);
    const isGerman = looks.language === 'de';
    await page.getByRole('heading', { name: isGerman ? 'Stand der Verkettung' : 'State of the chain' }).waitFor();
    await page.getByRole('rowheader', { name: isGerman ? 'Geld' : 'Money', exact: true }).waitFor();
    await expectGood(page);
    await page.close();
  }
  // By whom it is read alone, others see nothing of it.
  const page = await pages.signIn('Paula Programm', '/audit');
  await page.locator('tbody tr, .empty').first().waitFor();
  expect(await page.getByRole('heading', { name: 'Stand der Verkettung' }).count()).toBe(0);
  await page.close();
}, 60_000);

it('no page broke a rule of the browser', () => {
  expect(pages.complaints).toEqual([]);
});
