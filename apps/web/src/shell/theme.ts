export type Theme = 'light' | 'dark';

const REMEMBERED = 'theme';

/** What the person chose here, else what the system says. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(REMEMBERED);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyTheme(): void {
  document.documentElement.dataset.kernTheme = currentTheme();
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(REMEMBERED, theme);
  applyTheme();
}
