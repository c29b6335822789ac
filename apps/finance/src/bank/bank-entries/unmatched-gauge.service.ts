import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatMinor } from '#contracts';
import { Database } from '#database';
import { declareGauge } from '#platform';

const unmatchedAmount = declareGauge({
  name: 'finance_bank_unmatched_amount',
  help: 'Amount of bank entries that no payout is matched to, in major units of the currency',
  where: 'finance',
  labels: { direction: 'of the entry', currency: 'ISO 4217' },
});

/** Shows at each scrape how much money of bank entries waits for a person, in major units. */
@Injectable()
export class UnmatchedGauge implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    unmatchedAmount.expose(async (gauge) => {
      const rows = await this.database.statement<{ direction: string; currency: string; amountMinor: bigint }>(
        'bank_unmatched',
        UNMATCHED,
      );
      gauge.reset();
      for (const { direction, currency, amountMinor } of rows)
        gauge.set({ direction, currency }, Number(formatMinor(amountMinor, currency)));
    });
  }
}

const UNMATCHED = `
SELECT direction, currency, sum(amount_minor - matched_minor)::bigint AS amount_minor FROM bank_entry
WHERE status IN ('UNMATCHED', 'PARTLY_MATCHED') GROUP BY direction, currency`;
