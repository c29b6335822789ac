import type { z } from 'zod';
import type { listFinanceRules } from '#contracts/finance';

export type RuleRow = z.output<typeof listFinanceRules.reply>['items'][number];
export type RuleMark = RuleRow['mark'];
