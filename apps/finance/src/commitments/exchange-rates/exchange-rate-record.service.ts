import { Injectable } from '@nestjs/common';
import { AppError, Exact, type ReplyOf, type RequestOf } from '#contracts';
import {
  getExchangeRate,
  importExchangeRates,
  type RecordedExchangeRateView,
  recordExchangeRate,
} from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Handle, newId } from '#platform';

interface RateRow extends Omit<RecordedExchangeRateView, 'recordedAt'> {
  readonly recordedAt: Date;
}

/** Records rates as their sources state them. A wrong one is corrected by a new row; both stay (docs/domain.md#currency). */
@Injectable()
export class ExchangeRateRecordService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  @Handle(recordExchangeRate)
  record(request: RequestOf<typeof recordExchangeRate>, call: Call): Promise<RecordedExchangeRateView> {
    return this.commands.run(call, async (tx) => {
      if (request.correctsId !== undefined) await assertCorrects(tx, request, request.correctsId);
      const [row] = await tx.query<RateRow>(
        `INSERT INTO exchange_rate AS rate (id, currency, rate_on, rate, direction, source, corrects_id)
         VALUES ($1, $2, $3, $4, 'LOCAL_PER_EUR', $5, $6) RETURNING ${COLUMNS}`,
        [
          request.id ?? newId(),
          request.currency,
          request.rateOn,
          request.rate,
          request.source,
          request.correctsId ?? null,
        ],
      );
      const view = rateView(row);
      const fields = {
        currency: { after: request.currency },
        rateOn: { after: request.rateOn },
        rate: { after: request.rate },
      };
      tx.noteChange({ object: 'exchange_rate', id: view.id, isNew: true, fields });
      return view;
    });
  }

  @Handle(importExchangeRates)
  import(request: RequestOf<typeof importExchangeRates>, call: Call): Promise<ReplyOf<typeof importExchangeRates>> {
    const { source, rateOn, rates } = request;
    return this.commands.run(call, async (tx) => {
      const known = await tx.query<{ currency: string; rate: string }>(KNOWN, [source, rateOn]);
      const rateOf = new Map(known.map(({ currency, rate }) => [currency, rate]));
      const missing = rates.filter(({ currency }) => !rateOf.has(currency));
      const changed = rates.find(({ currency, rate }) => !isEqual(rateOf.get(currency) ?? rate, rate));
      if (changed) throw new AppError('FINANCE_EXCHANGE_RATE_EXISTS', { currency: changed.currency, on: rateOn });
      await tx.query(
        `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
         SELECT id, currency, $1, rate, 'LOCAL_PER_EUR', $2
         FROM unnest($3::uuid[], $4::text[], $5::numeric[]) AS given (id, currency, rate)`,
        [rateOn, source, missing.map(() => newId()), missing.map((it) => it.currency), missing.map((it) => it.rate)],
      );
      return { recorded: missing.length, unchanged: rates.length - missing.length };
    });
  }

  @Handle(getExchangeRate)
  async get({ exchangeRateId }: RequestOf<typeof getExchangeRate>): Promise<RecordedExchangeRateView> {
    const [row] = await this.database.query<RateRow>(`${RATE} WHERE rate.id = $1`, [exchangeRateId]);
    return rateView(row);
  }

  /** Rates by id, as another feature's transaction sees them. */
  async findAll(tx: Tx, ids: readonly string[]): Promise<Map<string, RateRow>> {
    const rows = await tx.query<RateRow>(`${RATE} WHERE rate.id = ANY ($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const COLUMNS = `rate.id, rate.version, rate.currency, rate.rate_on, rate.rate, rate.direction, rate.source,
  rate.corrects_id, rate.recorded_at`;
const RATE = `SELECT ${COLUMNS} FROM exchange_rate rate`;

const KNOWN = `SELECT rate.currency, rate.rate::text FROM exchange_rate rate WHERE rate.source = $1 AND rate.rate_on = $2
  AND NOT EXISTS (SELECT FROM exchange_rate correction WHERE correction.corrects_id = rate.id)`;

function rateView(row: RateRow | undefined): RecordedExchangeRateView {
  if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  return { ...row, recordedAt: row.recordedAt.toISOString() };
}

async function assertCorrects(
  tx: Tx,
  { currency, rateOn, source }: RequestOf<typeof recordExchangeRate>,
  correctsId: string,
): Promise<void> {
  const known = await tx.query(
    `${RATE} WHERE rate.id = $1 AND rate.currency = $2 AND rate.rate_on = $3 AND rate.source = $4`,
    [correctsId, currency, rateOn, source],
  );
  if (known.length === 0) throw new AppError('FINANCE_EXCHANGE_RATE_CORRECTION_MISMATCH', { correctsId });
}

function isEqual(one: string, other: string): boolean {
  const difference = Exact.parse(one).minus(Exact.parse(other));
  return !difference.isNegative() && !Exact.parse(other).minus(Exact.parse(one)).isNegative();
}
