import type { Page as ListPage } from '#contracts';
import type {
  BankEntryDetail,
  BankEntryView,
  FundView,
  PayeeView,
  PaymentRunView,
  PayoutReturnView,
  PayoutView,
  ReconciliationView,
  TransferView,
} from '#contracts/finance';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { incomingOf } from '../demo/bank';
import { today } from '../demo/calendar';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { answered, sanctionsList } from './bank-files';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let api: ApiClient;
let fund: FundView;
let booked: PayoutView;
let transfer: TransferView;

const AUDITOR = user('auditor');
const STORY_MS = 90_000;
beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  const { issuer, url } = stack;
  api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
  pages = await PagesInBrowser.start(url);
  // The story has come to the bank when a payment has come back.
  await eventually(async () => expect((await waitingReturns()).length).toBe(1), STORY_MS);
  fund = first((await api.get<ListPage<FundView>>(AUDITOR, '/funds')).items);
  const { items } = await api.get<ListPage<PayoutView>>(AUDITOR, `/payouts?fundId=${fund.id}&status=BOOKED`);
  const experts = items.filter(({ payeeKind }) => payeeKind === 'EXPERT');
  const ofRun = ({ paymentRunId: run }: PayoutView) => api.all<TransferView>(AUDITOR, `/payment-runs/${run}/transfers`);
  transfer = first((await Promise.all(experts.map(ofRun))).flat().filter(({ parts }) => parts.length > 1));
  booked = first(experts.filter(({ id }) => transfer.parts.some(({ payoutId }) => payoutId === id)));
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('a file of the bank', () => {
  it('is tried, taken in and given back as it came; what is none is refused with a reason', async () => {
    const page = await pages.signIn('Kai Kasse', '/bank/messages');
    const good = file('rueckgabe.xml', returned('T-1', booked.amount));
    await page.getByLabel('Dateien der Bank').setInputFiles([good, file('brief.xml', '<brief/>')]);
    await page.getByLabel('Nur prüfen, nichts übernehmen').check();
    await page.getByRole('button', { name: 'Prüfen', exact: true }).click();
    await page.getByText('Geprüft, nichts übernommen').waitFor();
    await page.getByText('Das ist keine Nachricht der Art').waitFor();

    await page.getByLabel('Nur prüfen, nichts übernehmen').uncheck();
    await page.getByRole('button', { name: 'Einlesen', exact: true }).click();
    await page.getByText('2 von 2 Dateien fertig').waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: 'rueckgabe.xml' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'rueckgabe.xml' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Bankdatei herunterladen' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('utf8')).toBe(returned('T-1', booked.amount));

    await page.goto('/bank/messages');
    // As a container of the bank, which holds something else besides.
    const packed = zipSync({ 'rueckgabe.xml': good.buffer, 'brief.xml': strToU8('<brief/>') });
    const container = { name: 'C53.zip', mimeType: 'application/zip', buffer: Buffer.from(packed) };
    await page.getByLabel('Dateien der Bank').setInputFiles(container);
    await page.getByRole('button', { name: 'Einlesen', exact: true }).click();
    await page.getByRole('row', { name: /C53.zip: rueckgabe.xml.*War schon eingelesen/ }).waitFor();
    await page.getByRole('row', { name: /C53.zip: brief.xml.*Nicht übernommen/ }).waitFor();
    await page.close();
  }, 60_000);
});

describe('the work list of the bank', () => {
  it('is worked by keyboard alone: a return is matched, the next entry is found to be none of the fund', async () => {
    const page = await pages.signIn('Klara Kasse', '/bank');
    await page.locator('tbody tr').nth(1).waitFor();
    await page.keyboard.press('j');
    // The story's own entry came first.
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('Offene Buchung 2 von 2').waitFor();
    await page.getByRole('heading', { name: 'Vorschläge' }).waitFor();
    await page.getByText('Gleich', { exact: true }).first().waitFor();
    await page.keyboard.press('1');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('dieser Zahlung zuordnen').waitFor();
    await page.keyboard.type('Telefonat mit der Bank');
    await page.keyboard.press('Enter');
    await page.getByText('Die Buchung ist zugeordnet.').waitFor();

    await page.getByText('Offene Buchung 1 von 1').waitFor();
    await page.keyboard.press('2');
    await dialog.getByLabel('Was es ist').waitFor();
    await page.keyboard.type('Geld anderer');
    await tabTo(page, dialog.getByLabel('Begründung'));
    // Digits and letters are typed here, and no verdicts.
    await page.keyboard.type('Spende 12 an die Schule');
    await tabTo(page, dialog.getByRole('button', { name: 'Gehört zu keiner Auszahlung' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Ausbuchung ist vorgeschlagen').waitFor();
    await page.getByText('Wartet auf die zweite Person').waitFor();
    await page.close();
  }, 60_000);

  it('can be left to those who speak: its keys are switched off', async () => {
    const page = await pages.signIn('Klara Kasse', '/bank/entries');
    await page.locator('tbody tr').first().waitFor();
    await page.getByLabel('Kurztasten benutzen').uncheck();
    await page.keyboard.press('j');
    expect(await page.locator('tbody th a').and(page.locator(':focus')).count()).toBe(0);
    // The next ones use them.
    await page.context().close();
  }, 30_000);

  it('is closed by a second person, who is another one than the first', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/');
    await page.getByRole('link', { name: 'Ausbuchungen, die auf Ihre Entscheidung warten' }).click();
    await page.getByRole('link', { name: 'Geld anderer' }).click();
    await act(page, 'Ausbuchung bestätigen', 'Die Buchung ist ausgebucht.', 'Begründung');
    await act(page, 'Ausbuchung zurücknehmen', 'Die Buchung ist wieder offen.', 'Begründung');
    await page.close();
    const cashier = await pages.signIn('Klara Kasse', '/bank');
    await cashier.locator('tbody th a').first().click();
    await cashier.getByRole('button', { name: 'Anders zuordnen' }).click();
    await cashier.getByRole('dialog').getByLabel('Zahllauf').selectOption({ index: 1 });
    await cashier.getByRole('dialog').getByLabel('Zahlung', { exact: true }).waitFor();
    await expectGood(cashier);
    await cashier.close();
  }, 60_000);
});

describe('money that came back', () => {
  it('is paid again or given back, with the reason of the bank and the account of now beside it', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/bank/returned?isSettled=false');
    await page.getByRole('link', { name: /^Rate/ }).first().click();
    await page.getByText('Die Bank meldet ein aufgelöstes').waitFor();
    await page.getByText('AC04').waitFor();
    await act(page, 'An den Haushalt zurückgeben', 'Die Mittel sind wieder verfügbar.');
    await page.goto('/bank/returned?isSettled=false');
    await page.getByRole('link', { name: /^Rate/ }).first().click();
    await page.getByRole('heading', { level: 1, name: /^Rückläufer/ }).waitFor();
    await act(page, 'Neu auszahlen', 'Eine neue Auszahlung ist angelegt.');
    expect(await waitingReturns()).toEqual([]);
    await page.close();
  }, 60_000);
});

describe('the comparison of fund and bank', () => {
  it('names what keeps it from being equal, each with where it is put right', async () => {
    const page = await pages.signIn('August Revision', '/bank/reconciliation');
    await page.getByRole('link', { name: fund.name }).click();
    const report = await api.get<ReconciliationView>(AUDITOR, `/funds/${fund.id}/reconciliation`);
    await page.getByText('Stimmt', { exact: true }).first().waitFor();
    await page.getByText('Nicht abgeglichen').first().waitFor();
    expect(await page.getByText('Stimmt', { exact: true }).count()).toBe(report.checks.length);
    await page.getByRole('listitem').filter({ hasText: '1 Buchung ist offen' }).getByRole('link').click();
    await page.getByRole('link', { name: 'Eingang 1.250,00 €' }).waitFor();
    await page.close();
  }, 60_000);
  it('is told for a former day, and for a period', async () => {
    const page = await pages.signIn('August Revision', `/bank/reconciliation/${fund.id}`);
    await page.getByLabel('Stand am Ende des Tages').fill('01.01.2026');
    await page.getByText('Stand am Ende des 01.01.2026').waitFor();
    await open(page, `/bank/reconciliation/${fund.id}?from=2026-01-01&to=2099-01-01`);
    await page.getByRole('table', { name: 'Das Konto im Zeitraum' }).getByText('Eingänge').waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe('a match that was wrong', () => {
  it('is taken back with a reason, and the entry is open again', async () => {
    const page = await pages.signIn('Klara Kasse', `/bank/entries/${await bookedEntry()}`);
    await page.getByText('Zugeordnet', { exact: true }).first().waitFor();
    await act(page, 'Zuordnung zurücknehmen', 'die Buchung ist wieder offen', 'Begründung');
    await page.getByRole('heading', { name: 'Vorschläge' }).waitFor();
    await page.getByText('Zurückgenommen').first().waitFor();
    await expectGood(page);
    await page.keyboard.press('1');
    await page.getByRole('dialog').getByRole('button', { name: 'Zuordnen' }).click();
    await page.getByText('Die Buchung ist zugeordnet.').waitFor();
    await page.close();
  }, 60_000);
});

describe('what the bank answers on payments', () => {
  it('stands at run and payee, and waits for two persons where it takes no effect', async () => {
    const { paymentRunId, payeeId } = booked;
    const { file: sent } = await api.get<PaymentRunView>(AUDITOR, `/payment-runs/${paymentRunId}`);
    const cashier = await pages.signIn('Klara Kasse', '/bank/messages');
    await cashier.getByLabel('Dateien der Bank').setInputFiles(file('antwort.xml', answered(sent.messageId, transfer)));
    await cashier.getByRole('button', { name: 'Einlesen', exact: true }).click();
    await cashier.getByText('1 von 1 Dateien fertig').waitFor();
    await cashier.goto(`/money/runs/${paymentRunId}`);
    await cashier.getByText('Name gehört nicht zum Konto').first().waitFor();
    // One payment to the payee, with its purpose, and beside it each payout that it pays.
    const row = cashier.getByRole('table', { name: 'Zahlungen in diesem Lauf' }).getByRole('row', {
      name: transfer.purpose ?? '',
    });
    for (const { caseNumber } of transfer.parts)
      await row.getByRole('link', { name: caseNumber, exact: true }).waitFor();
    await expectGood(cashier);
    // The page of a payout names the payment that it went with, and leads there.
    await cashier.goto(`/money/payouts/${booked.id}`);
    const payment = cashier.locator('section', { has: cashier.getByRole('heading', { name: 'Überweisung' }) });
    await payment.getByText(String(transfer.parts.length), { exact: true }).waitFor();
    await expectGood(cashier);
    await payment.getByRole('link', { name: transfer.endToEndId }).click();
    await cashier.getByRole('link', { name: 'Alle Überweisungen des Zahllaufs zeigen' }).waitFor();
    expect(await cashier.getByRole('table', { name: 'Zahlungen in diesem Lauf' }).locator('tbody tr').count()).toBe(1);
    await cashier.goto('/bank/answers?state=OPEN,PROPOSED');
    await cashier.locator('tbody th a').first().click();
    await act(cashier, 'Klärung vorschlagen', 'Die Klärung ist vorgeschlagen', 'Was daraus wird');
    await expectGood(cashier);
    await cashier.close();
    const page = await pages.signIn('Friedrich Prüfer', '/bank/answers?state=OPEN,PROPOSED');
    await page.locator('tbody th a').first().click();
    await act(page, 'Klärung bestätigen', 'Die Antwort ist geklärt.', 'Was daraus wird');
    await page.goto(`/payees/${payeeId}`);
    await page.getByText('Name gehört nicht zum Konto').first().waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe('the account of a payee', () => {
  it('changes only after another person called back', async () => {
    const { items } = await api.get<ListPage<PayeeView>>(user('finance-officer'), '/payees');
    const payee = first(items.filter(({ bankAccount }) => bankAccount.iban !== null));
    await api.post(user('finance-officer'), `/payees/${payee.id}/bank-account-changes`, {
      bankAccount: { iban: 'NL91ABNA0417164300', holder: payee.name, currency: 'EUR' },
      reason: 'Brief des Empfängers',
    });
    const proposer = await pages.signIn('Friedrich Prüfer', '/bank/account-changes?status=PROPOSED');
    await proposer.getByRole('link', { name: payee.name }).click();
    await proposer.getByText('weitere Schritte sind jetzt nicht möglich').waitFor();
    expect(await proposer.getByRole('button', { name: 'Nach Rückruf bestätigen' }).count()).toBe(0);
    await proposer.close();
    const page = await pages.signIn('Olga Anordnung', '/');
    await page.getByRole('link', { name: 'Kontoänderungen, die auf den Rückruf warten' }).click();
    await page.getByRole('link', { name: payee.name }).click();
    await act(page, 'Nach Rückruf bestätigen', 'Die Kontoänderung ist bestätigt.', 'Wen haben Sie');
    await page.getByText('Bestätigt, Wartezeit läuft').waitFor();
    await act(page, 'Ablehnen', 'das bisherige Konto gilt weiter', 'Begründung');
    await page.close();
  }, 60_000);
});

describe('a name on the list of sanctions', () => {
  it('is decided by whoever did not give it, after a new edition was taken in', async () => {
    const { items } = await api.get<ListPage<PayeeView>>(user('finance-officer'), '/payees');
    const { name } = first(items);
    const page = await pages.signIn('Friedrich Prüfer', '/bank/hits');
    await page.getByLabel('Sanktionsliste der EU').setInputFiles(file('liste.xml', sanctionsList(name)));
    await page.getByRole('button', { name: 'Einlesen', exact: true }).click();
    await page.getByText('alle Empfänger werden neu geprüft').waitFor();
    await page.close();
    const other = await pages.signIn('Frieda Gegenprüfung', '/');
    const waiting = other.getByRole('row').filter({ hasText: 'Namenstreffer, die zu entscheiden sind' });
    await eventually(async () => {
      await other.reload();
      expect(await waiting.locator('td').first().innerText()).toMatch(/[1-9]/);
    });
    await waiting.getByRole('rowheader').getByRole('link').click();
    await other.getByRole('link', { name }).first().click();
    await other.getByText('Ähnlichkeit').first().waitFor();
    await other.getByRole('button', { name: 'Andere Person' }).waitFor();
    await expectGood(other);
    await other.keyboard.press('1');
    await other.getByRole('dialog').getByLabel('Begründung').fill('Anderes Geburtsdatum');
    await other.getByRole('dialog').getByRole('button', { name: 'Andere Person' }).click();
    await other.getByText('Der Treffer ist entkräftet').waitFor();
    await other.close();
  }, 60_000);
});

describe('an address outside', () => {
  it('gets its secret once, is paused and goes on', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/bank/feed');
    await page.getByRole('button', { name: 'Adresse hinzufügen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Finanzsystem');
    await dialog.getByLabel('Adresse', { exact: true }).fill('http://127.0.0.1/none');
    await dialog.getByRole('button', { name: 'Adresse hinzufügen' }).click();
    await dialog.locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await dialog.getByLabel('Adresse', { exact: true }).fill('https://1.1.1.1/payouts');
    await dialog.getByRole('button', { name: 'Adresse hinzufügen' }).click();
    expect(await page.getByLabel('Geheimnis', { exact: true }).inputValue()).toMatch(/^whsec_/);
    await expectGood(page);
    await page.getByRole('button', { name: 'Ich habe es eingetragen' }).click();
    await page.getByRole('link', { name: 'Finanzsystem' }).click();
    await act(page, 'Anhalten', 'Es wird nichts mehr gesendet.');
    await act(page, 'Fortsetzen', 'Es wird wieder gesendet');
    await page.close();
  }, 60_000);
});

describe.each(LOOKS_OF_WALKS)('the pages of the bank in $language, $theme, $width pixels wide', (looks) => {
  it('are accessible, with their dialogs', async () => {
    const officer = await pages.signIn('Frieda Gegenprüfung', '/bank/feed', looks);
    for (const path of [
      'feed',
      'hits',
      'account-changes',
      'returned',
      'dismissals',
      'answers',
      'reconciliation',
      'messages',
    ]) {
      await open(officer, `/bank/${path}`);
      await expectGood(officer);
      if (['feed', 'messages'].includes(path)) continue;
      await officer.locator('tbody th a').first().click();
      await officer.locator('.crumbs').waitFor();
      await officer.waitForLoadState('networkidle');
      await expectGood(officer);
    }
    await officer.close();
    const cashier = await pages.signIn('Klara Kasse', '/bank', looks);
    await open(cashier, '/bank/messages');
    await expectGood(cashier);
    await open(cashier, '/bank');
    await expectGood(cashier);
    await cashier.locator('tbody th a').first().click();
    await cashier.locator('.acts button').first().waitFor();
    await expectGood(cashier);
    await cashier.keyboard.press('2');
    await cashier.getByRole('dialog').getByRole('button').last().waitFor();
    await expectGood(cashier);
    await cashier.close();
    expect(pages.complaints).toEqual([]);
  }, 120_000);
});

async function waitingReturns(): Promise<readonly PayoutReturnView[]> {
  return (await api.get<ListPage<PayoutReturnView>>(AUDITOR, '/payout-returns?isSettled=false')).items;
}

/** An entry of the bank that booked a payout which stands so. */
async function bookedEntry(): Promise<string> {
  const query = '/bank-entries?status=MATCHED&direction=DEBIT&limit=50';
  for (const { id } of (await api.get<ListPage<BankEntryView>>(AUDITOR, query)).items) {
    const { matches } = await api.get<BankEntryDetail>(AUDITOR, `/bank-entries/${id}`);
    const { status } = await api.get<PayoutView>(AUDITOR, `/payouts/${first(matches).payoutId}`);
    if (status === 'BOOKED') return id;
  }
  throw new Error('the story has booked nothing');
}

/** What came back without naming the payment that it was. */
function returned(id: string, amount: PayoutView['amount']): string {
  const { iban } = fund.debtorAccount;
  return incomingOf({ id, iban, bookedOn: today() }, [{ amount, text: 'Rückgabe', from: 'Unbekannt' }]);
}

function file(name: string, text: string) {
  return { name, mimeType: 'application/xml', buffer: Buffer.from(text) };
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('the story has none of these');
  return item;
}

async function act(page: Page, label: string, done: string, reason?: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByLabel(reason).fill('So steht es in den Akten.');
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(done).waitFor();
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  const { pathname } = new URL(page.url());
  expect({ pathname, overflow: Math.max(0, await overflowOf(page)) }).toEqual({ pathname, overflow: 0 });
}
