import type { Page } from 'playwright-core';

export type Form = Pick<Page, 'getByLabel' | 'getByRole'>;

/** Chooses by what is shown: of a list, or of a few that stand side by side. */
export async function choose(form: Form, label: string, choice: string | RegExp, exact = true): Promise<void> {
  const list = form.getByRole('combobox', { name: label, exact });
  const group = form.getByRole('group', { name: label });
  await list.or(group).first().waitFor();
  if ((await list.count()) > 0) {
    const option = list.locator('option').filter({ hasText: choice }).first();
    await option.waitFor({ state: 'attached' });
    await list.selectOption((await option.getAttribute('value')) ?? '');
  } else await group.getByLabel(choice).first().check();
}

/** Opens the dialog of an act, fills it in, and waits for what is said when it is done. */
export async function act(
  page: Page,
  label: string,
  done: string,
  fill: (dialog: Form) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(done).waitFor();
}
