import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type InstrumentRuleView, listInstrumentRules } from '#contracts/finance';
import { Handle } from '#platform';
import { isInForce } from './instrument-rule';
import { INSTRUMENT_RULES } from './instrument-rules.data';

@Injectable()
export class InstrumentRuleReader {
  @Handle(listInstrumentRules)
  async list({ instrument, on }: RequestOf<typeof listInstrumentRules>): Promise<{ items: InstrumentRuleView[] }> {
    const items = INSTRUMENT_RULES.filter((rule) => instrument?.includes(rule.instrument) ?? true);
    return { items: on === undefined ? items : items.filter((rule) => isInForce(rule, on)) };
  }
}
