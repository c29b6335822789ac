import type { Page } from '#contracts';
import type { ExchangeRateView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { today } from './calendar';
import { user } from './demo-token';
import { tell } from './story';

/** The rates that are shipped end with a year; the demo renews the one it plans with long before the rule rate-age-max refuses it. */
const RENEWED_AFTER_MS = 365 * 86_400_000;

/** The last rate again, as of today: invented as everything in the demo, and no other amount than before. */
export async function ensureExchangeRate(api: ApiClient, currency: string): Promise<void> {
  const path = `/exchange-rates?currency=${currency}&limit=1`;
  const { items } = await api.get<Page<ExchangeRateView>>(user('finance-officer'), path);
  const [last] = items;
  if (!last || Date.now() - Date.parse(last.rateOn) < RENEWED_AFTER_MS) return;
  const rateOn = today();
  await api.post(user('finance-officer'), '/exchange-rates', { currency, rateOn, rate: last.rate, source: 'Demo' });
  tell(`exchange rate of ${rateOn}: ${last.rate} ${currency} for 1 EUR, the value of ${last.rateOn}`);
}
