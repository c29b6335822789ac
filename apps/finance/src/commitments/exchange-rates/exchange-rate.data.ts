import { v5 } from 'uuid';
import { parse } from 'csv-parse/sync';
import type { Tx } from '#database';
import { Exact } from '#contracts';
import { readShipped } from '#platform';

/** Names the rows, so that loading twice makes the same ids. */
const NAMESPACE = 'e2f1b8c0-5d0b-5f0e-9a64-6f1c3a1f7c11';
const RATE_DIGITS = 10;
/** The area of the euro in the file's country codes. */
const EURO_AREA = 'U2';

export interface ShippedRate {
  readonly currency: string;
  readonly rateOn: string;
  /** Units of the currency for one EUR. */
  readonly rate: string;
  readonly source: string;
}

interface RateLine {
  readonly date: string;
  readonly rate_per_usd: string;
  readonly currency: string;
  readonly country_code: string;
}

/** Fills in the rates that ship with the product; rates that are there already stay as they are. */
export async function loadExchangeRates(tx: Tx): Promise<void> {
  const rates = shippedRates();
  await tx.execute(
    `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
     SELECT id, currency, rate_on, rate, 'LOCAL_PER_EUR', source
     FROM unnest($1::uuid[], $2::text[], $3::date[], $4::numeric[], $5::text[]) AS r (id, currency, rate_on, rate, source)
     ON CONFLICT DO NOTHING`,
    [
      rates.map(({ currency, rateOn, source }) => v5(`${currency} ${rateOn} ${source}`, NAMESPACE)),
      rates.map((it) => it.currency),
      rates.map((it) => it.rateOn),
      rates.map((it) => it.rate),
      rates.map((it) => it.source),
    ],
  );
}

/** The fixed parities and, for the other currencies, the rate to the dollar divided by the euro's of the same day. */
export function shippedRates(): ShippedRate[] {
  const lines: RateLine[] = parse(readShipped('apps/finance/data/imf-exchange-rates-usd-annual.csv'), {
    columns: true,
  });
  const fixed = fixedParities();
  const euros = new Map(lines.filter((it) => it.country_code === EURO_AREA).map((it) => [it.date, it.rate_per_usd]));
  const rates = new Map<string, ShippedRate>();
  for (const { date, rate_per_usd: perDollar, currency } of lines) {
    const euro = euros.get(date);
    const isFixed = fixed.some((it) => it.currency === currency);
    if (euro === undefined || currency === 'EUR' || isFixed || rates.has(`${currency} ${date}`)) continue;
    const rate = Exact.parse(perDollar).dividedBy(Exact.parse(euro)).toDecimal(RATE_DIGITS);
    const source = 'IMF International Financial Statistics, annual, cross rate over USD';
    rates.set(`${currency} ${date}`, { currency, rateOn: date, rate, source });
  }
  return [...fixed, ...rates.values()];
}

function fixedParities(): ShippedRate[] {
  const rows: { currency: string; rate_on: string; rate: string; source: string }[] = parse(
    readShipped('apps/finance/data/fixed-parities.csv'),
    { columns: true },
  );
  return rows.map(({ currency, rate_on: rateOn, rate, source }) => ({ currency, rateOn, rate, source }));
}
