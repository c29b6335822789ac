import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { INSTRUMENTS, InstrumentRuleView, listInstrumentRules } from '#contracts/finance';
import { Database } from '#database';
import { Handle } from '#platform';
import { readInstrumentRules } from './instrument-rules.reader';

@Injectable()
export class InstrumentRuleReader {
  constructor(private readonly database: Database) {}

  @Handle(listInstrumentRules)
  async list({
    instrument: wanted = [...INSTRUMENTS],
    on,
  }: RequestOf<typeof listInstrumentRules>): Promise<{ items: InstrumentRuleView[] }> {
    const all = await readInstrumentRules(this.database);
    const items = wanted.flatMap((instrument) => {
      const { rows } = on === undefined ? all[instrument] : all[instrument].inForceOn(on);
      return rows.map(({ ruleSet: _, name: id, ...row }) => InstrumentRuleView.parse({ id, instrument, ...row }));
    });
    return { items };
  }
}
