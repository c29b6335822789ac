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
import { type Call, Clock, Handle, newId } from '#platform';
import { ExchangeRateProposal } from './exchange-rate-proposal.entity';
import { exchangeRateRulesOn } from './exchange-rate-rules.reader';
import { latestRates } from './exchange-rate.service';
import { differenceOf, isBeyond } from './rate-difference';

interface RateRow extends Omit<RecordedExchangeRateView, 'recordedAt' | 'isWaiting'> {
  readonly recordedAt: Date;
}

interface GivenRate {
  readonly id: string;
  readonly currency: string;
  readonly rateOn: string;
  readonly rate: string;
  readonly source: string;
  readonly correctsId: string | null;
}

/**
 * Records rates as their sources state them. A wrong one is corrected by a new row; both stay (docs/domain.md#currency). One that
 * differs much from the rate before it, as a slipped decimal point makes it, waits for a second person.
 */
@Injectable()
export class ExchangeRateRecordService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Handle(recordExchangeRate)
  record(request: RequestOf<typeof recordExchangeRate>, call: Call): Promise<RecordedExchangeRateView> {
    const { id = newId(), correctsId = null, currency, rateOn, rate, source } = request;
    const given = { id, currency, rateOn, rate, source, correctsId };
    return this.commands.run(call, async (tx) => {
      if (correctsId !== null) await assertCorrects(tx, request, correctsId);
      const [proposal] = await this.proposals(tx, [given], call.caller.subject);
      if (!proposal) return rateView(await this.insert(tx, given));
      await assertNew(tx, given);
      await tx.insert(proposal);
      return waitingView(proposal);
    });
  }

  /** What is in force from now on. */
  async insert(tx: Tx, { id, currency, rateOn, rate, source, correctsId }: GivenRate): Promise<RateRow> {
    const [row] = await tx.query<RateRow>(
      `INSERT INTO exchange_rate AS rate (id, currency, rate_on, rate, direction, source, corrects_id)
       VALUES ($1, $2, $3, $4, 'LOCAL_PER_EUR', $5, $6) RETURNING ${COLUMNS}`,
      [id, currency, rateOn, rate, source, correctsId],
    );
    if (!row) throw new AppError('PLATFORM_INTERNAL_ERROR');
    const fields = { currency: { after: currency }, rateOn: { after: rateOn }, rate: { after: rate } };
    tx.noteChange({ object: 'exchange_rate', id, isNew: true, fields });
    return row;
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
      const given = missing.map((it) => ({ id: newId(), rateOn, source, correctsId: null, ...it }));
      const waiting = await this.proposals(tx, given, call.caller.subject);
      const waits = new Set(waiting.map(({ id }) => id));
      const inForce = given.filter(({ id }) => !waits.has(id));
      await tx.query(
        `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
         SELECT id, currency, $1, rate, 'LOCAL_PER_EUR', $2
         FROM unnest($3::uuid[], $4::text[], $5::numeric[]) AS given (id, currency, rate)`,
        [rateOn, source, inForce.map((it) => it.id), inForce.map((it) => it.currency), inForce.map((it) => it.rate)],
      );
      if (waiting.length > 0) await tx.insertAll(waiting);
      return { recorded: missing.length, unchanged: rates.length - missing.length, waiting: waiting.length };
    });
  }

  @Handle(getExchangeRate)
  async get({ exchangeRateId }: RequestOf<typeof getExchangeRate>): Promise<RecordedExchangeRateView> {
    const [row] = await this.database.query<RateRow>(`${RATE} WHERE rate.id = $1`, [exchangeRateId]);
    return row ? rateView(row) : waitingView(await this.database.findOrFail(ExchangeRateProposal, exchangeRateId));
  }

  /** Rates by id, as another feature's transaction sees them. */
  async findAll(tx: Tx, ids: readonly string[]): Promise<Map<string, RateRow>> {
    const rows = await tx.query<RateRow>(`${RATE} WHERE rate.id = ANY ($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Those of the rates that differ by more than the rule says from the rate before them, as what waits for a second person. */
  private async proposals(tx: Tx, given: readonly GivenRate[], by: string): Promise<ExchangeRateProposal[]> {
    const { jump } = await exchangeRateRulesOn(tx, this.clock.today());
    const on = given[0]?.rateOn ?? this.clock.today();
    const currencies = given.map(({ currency }) => currency);
    const formers = await latestRates(tx, currencies, on);
    return given.flatMap(({ id, currency, rateOn, rate, source, correctsId }) => {
      const former = formers.get(currency);
      if (!former || !isBeyond(rate, former.rate, jump)) return [];
      return [
        Object.assign(new ExchangeRateProposal(), {
          id,
          version: 1,
          status: 'PROPOSED' as const,
          currency,
          rateOn,
          rate,
          source,
          correctsId,
          former: { rateOn: former.rateOn, rate: former.rate, source: former.source },
          differsBy: differenceOf(rate, former.rate),
          proposedBy: by,
          proposedAt: this.clock.now(),
          decidedBy: null,
          decidedAt: null,
          decisionReason: null,
        }),
      ];
    });
  }
}

const COLUMNS = `rate.id, rate.version, rate.currency, rate.rate_on, rate.rate, rate.direction, rate.source,
  rate.corrects_id, rate.recorded_at,
  (SELECT correction.id FROM exchange_rate correction WHERE correction.corrects_id = rate.id) AS corrected_by_id`;
const RATE = `SELECT ${COLUMNS} FROM exchange_rate rate`;

/** Also what waits for a second person: an import that is repeated proposes nothing twice. */
const KNOWN = `SELECT rate.currency, rate.rate::text FROM exchange_rate rate WHERE rate.source = $1 AND rate.rate_on = $2
  AND NOT EXISTS (SELECT FROM exchange_rate correction WHERE correction.corrects_id = rate.id)
UNION ALL
SELECT p.currency, p.rate::text FROM exchange_rate_proposal p
WHERE p.source = $1 AND p.rate_on = $2 AND p.status = 'PROPOSED' AND p.corrects_id IS NULL`;

function rateView(row: RateRow): RecordedExchangeRateView {
  return { ...row, isWaiting: false, recordedAt: row.recordedAt.toISOString() };
}

/** One that waits, or was rejected: nothing is computed with it. */
function waitingView(proposal: ExchangeRateProposal): RecordedExchangeRateView {
  const { id, version, currency, rateOn, rate, source, correctsId, proposedAt } = proposal;
  return {
    id,
    version,
    currency,
    rateOn,
    rate,
    direction: 'LOCAL_PER_EUR',
    source,
    correctsId,
    correctedById: null,
    isWaiting: true,
    recordedAt: proposedAt.toISOString(),
  };
}

/** What another row stands in the way of is refused at once, not when the second person confirms it. */
async function assertNew(tx: Tx, { currency, rateOn, source, correctsId }: GivenRate): Promise<void> {
  const same = await tx.query(
    `SELECT FROM exchange_rate rate WHERE CASE WHEN $4::uuid IS NULL
       THEN rate.currency = $1 AND rate.rate_on = $2 AND rate.source = $3 AND rate.corrects_id IS NULL
       ELSE rate.corrects_id = $4 END`,
    [currency, rateOn, source, correctsId],
  );
  if (same.length > 0) throw new AppError('FINANCE_EXCHANGE_RATE_EXISTS', { currency, on: rateOn });
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
