import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess({ settings: { STEP_UP_ACR: 'confirmed' } });
  pages = await PagesInBrowser.start(stack.url);
  const { token } = await requestDemoToken({ issuer: stack.issuer, username: 'budget-officer' });
  const response = await fetch(`${stack.url}/v1/funds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'fund' },
    body: JSON.stringify({
      name: 'Fonds der Probe',
      debtorAccount: { holder: 'Fonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
    }),
  });
  expect(response.status).toBe(201);
}, 120_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('an act that asks for a newer or stronger sign-in', () => {
  it('is found again as it was left, once its person has confirmed who they are', async () => {
    const page = await pages.signIn('Kai Kasse', '/money/runs?status=CREATED');
    await page.getByRole('button', { name: 'Zahllauf zusammenstellen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Fonds').selectOption({ label: 'Fonds der Probe' });
    await dialog.getByLabel('Ausland').check();
    await dialog.getByLabel('Ausführung am').fill('1.12.2026');
    await dialog.getByRole('button', { name: 'Zahllauf zusammenstellen' }).click();
    await dialog.getByText('Bitte bestätigen Sie zuerst, wer Sie sind').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Jetzt bestätigen' }).click();
    await page.getByRole('button', { name: 'Kai Kasse' }).click();

    await page.waitForURL(`${stack.url}/money/runs?status=CREATED`);
    await dialog.waitFor();
    const chosen = dialog.getByLabel('Fonds').locator('option:checked', { hasText: 'Fonds der Probe' });
    await chosen.waitFor({ state: 'attached' });
    expect(await dialog.getByLabel('Ausland').isChecked()).toBe(true);
    expect(await dialog.getByLabel('Ausführung am').inputValue()).toContain('2026');
    // Now it is judged by what it says.
    await dialog.getByRole('button', { name: 'Zahllauf zusammenstellen' }).click();
    await dialog.locator('.kern-alert--danger').waitFor();
    expect(await dialog.getByRole('button', { name: 'Jetzt bestätigen' }).count()).toBe(0);

    // It was there once.
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await dialog.count()).toBe(0);
    expect(pages.complaints).toEqual([]);
  }, 60_000);
});
