import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { formatMinor } from '#contracts';
import { Database } from '#database';

const NAME = 'finance_bank_unmatched_amount';

/** Shows at each scrape how much money of bank entries waits for a person, in major units. */
@Injectable()
export class UnmatchedGauge implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    const { database } = this;
    register.removeSingleMetric(NAME);
    new Gauge({
      name: NAME,
      help: 'Amount of bank entries that no payout is matched to, by direction',
      labelNames: ['direction', 'currency'],
      async collect() {
        const rows = await database.statement<{ direction: string; currency: string; amountMinor: bigint }>(
          'bank_unmatched',
          UNMATCHED,
        );
        this.reset();
        for (const { direction, currency, amountMinor } of rows) {
          this.set({ direction, currency }, Number(formatMinor(amountMinor, currency)));
        }
      },
    });
  }
}

const UNMATCHED = `
SELECT direction, currency, sum(amount_minor - matched_minor)::bigint AS "amountMinor" FROM bank_entry
WHERE status IN ('UNMATCHED', 'PARTLY_MATCHED') GROUP BY direction, currency`;
