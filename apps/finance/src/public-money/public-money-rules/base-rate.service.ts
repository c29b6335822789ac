import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type BaseRateView, type InterestView, listBaseRates, recordBaseRate, type RuleSet } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Handle, newId } from '#platform';
import { interestOn, type Principal } from './interest';
import { readPublicMoneyRules } from './public-money-rules.reader';

const COLUMNS = `rate.id, rate.version, rate.valid_from, rate.percent, rate.source, rate.mark,
  rate.corrects_id`;

/** Base rates as the Bundesbank published them, and interest computed with them. */
@Injectable()
export class BaseRateService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  @Handle(recordBaseRate)
  record(request: RequestOf<typeof recordBaseRate>, call: Call): Promise<BaseRateView> {
    const { validFrom, percent, source, correctsId } = request;
    return this.commands.run(call, async (tx) => {
      if (correctsId !== undefined) await assertCorrects(tx, correctsId, validFrom);
      const rate: BaseRateView = {
        id: newId(),
        version: 1,
        validFrom,
        percent,
        source,
        mark: 'FOUND',
        correctsId: correctsId ?? null,
      };
      await tx.query(
        'INSERT INTO base_rate (id, version, valid_from, percent, source, corrects_id) VALUES ($1, 1, $2, $3, $4, $5)',
        [rate.id, validFrom, percent, source, rate.correctsId],
      );
      const fields = {
        validFrom: { after: validFrom },
        percent: { after: percent },
        correctsId: { after: rate.correctsId },
      };
      tx.noteChange({ object: 'base_rate', id: rate.id, isNew: true, fields });
      return rate;
    });
  }

  @Handle(listBaseRates)
  list({ limit, cursor }: RequestOf<typeof listBaseRates>): Promise<Page<BaseRateView>> {
    return this.database.page<BaseRateView>({
      select: `SELECT ${COLUMNS} FROM base_rate rate`,
      sort: [{ key: 'validFrom', column: 'rate.valid_from', type: 'date', descending: true }],
      idColumn: 'rate.id',
      limit,
      cursor,
      filterHash: { list: 'base-rates' },
    });
  }

  /** Interest by the rule set in force on a day, with every base rate known now. */
  async interest(
    principals: readonly Principal[],
    { ruleSet, on, currency }: { ruleSet: RuleSet; on: string; currency: string },
  ): Promise<InterestView> {
    const rates = await this.database.query<{ validFrom: string; percent: string }>(
      `SELECT valid_from, percent FROM base_rate rate
       WHERE NOT EXISTS (SELECT FROM base_rate correction WHERE correction.corrects_id = rate.id)`,
    );
    const inForce = (await readPublicMoneyRules(this.database, ruleSet)).inForceOn(on);
    const dayCount = inForce.value('day-count');
    const points = inForce.value('interest-points');
    return interestOn(principals, { rates, rules: { points, dayCount }, currency });
  }
}

async function assertCorrects(tx: Tx, correctsId: string, validFrom: string): Promise<void> {
  const known = await tx.query('SELECT FROM base_rate WHERE id = $1 AND valid_from = $2', [correctsId, validFrom]);
  if (known.length === 0) throw new AppError('FINANCE_BASE_RATE_CORRECTION_MISMATCH', { correctsId, validFrom });
}
