import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { CurrencyCode, Day, Id, Instant, Line, Version, Code } from '../values';
import { ExchangeRateView } from './cost-plan.operations';

const Rate = Code(
  28,
  /^(?=.*[1-9])(0|[1-9]\d{0,11})(\.\d{1,15})?$/,
  'units of the currency for one EUR, such as "655.957"',
);

export const RecordedExchangeRateView = z
  .strictObject({
    id: Id,
    version: Version,
    ...ExchangeRateView.shape,
    correctsId: Id.nullable().meta({ description: 'The rate this one replaces from now on' }),
    recordedAt: Instant,
  })
  .meta({
    id: 'RecordedExchangeRateView',
    description: 'A rate as its source states it; never changed, never recomputed.',
  });
export type RecordedExchangeRateView = z.infer<typeof RecordedExchangeRateView>;

export const recordExchangeRate = operation({
  subject: 'rpc.finance.exchange-rate.record',
  http: {
    method: 'POST',
    path: '/exchange-rates',
    success: 201,
    location: '/exchange-rates/{id}',
    putById: true,
  },
  summary: 'Record an exchange rate, or correct one by a new row',
  description:
    'Direction LOCAL_PER_EUR with all decimals of the source. A correction names the rate it replaces; what was computed before keeps the old one (docs/domain.md#currency).',
  request: z.strictObject({
    id: Id.optional(),
    currency: CurrencyCode.refine((code) => code !== 'EUR', 'another currency than EUR'),
    rateOn: Day,
    rate: Rate,
    source: Line(200),
    correctsId: Id.optional(),
  }),
  reply: RecordedExchangeRateView,
  errors: ['FINANCE_EXCHANGE_RATE_EXISTS', 'FINANCE_EXCHANGE_RATE_CORRECTION_MISMATCH', 'PLATFORM_RESOURCE_EXISTS'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const getExchangeRate = operation({
  subject: 'rpc.finance.exchange-rate.get',
  http: { method: 'GET', path: '/exchange-rates/{exchangeRateId}' },
  summary: 'Read an exchange rate',
  request: z.strictObject({ exchangeRateId: Id }),
  reply: RecordedExchangeRateView,
  allow: grant('any', 'programme-officer', 'finance-officer', 'budget-officer', 'auditor', 'municipality-partner'),
});

export const importExchangeRates = operation({
  subject: 'rpc.finance.exchange-rate.import',
  http: { method: 'POST', path: '/exchange-rate-imports' },
  summary: 'Import the rates of one source for one day, all or none',
  description: 'Rates that are already there with the same value are left alone; a different value is refused.',
  request: z.strictObject({
    source: Line(200),
    rateOn: Day,
    rates: z
      .array(z.strictObject({ currency: CurrencyCode.refine((code) => code !== 'EUR', 'not EUR'), rate: Rate }))
      .min(1)
      .max(300),
  }),
  reply: z.strictObject({ recorded: z.int(), unchanged: z.int() }).meta({ id: 'ExchangeRateImportView' }),
  errors: ['FINANCE_EXCHANGE_RATE_EXISTS'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});
