import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '#contracts';
import { ruleDesk } from './rule-desk';
import type { RuleFile } from './rule-set';

/** Gives a service the operations by which its dated rules are shown and changed. */
@Module({})
export class RulesModule {
  static forService(name: ServiceName, files: readonly RuleFile[]): DynamicModule {
    return { module: RulesModule, providers: [ruleDesk(name, files)] };
  }
}
