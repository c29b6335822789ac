import { listBudgetChangeActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { BudgetChange } from './budget-change.entity';

export const act = actsOn({ entity: BudgetChange, actions: listBudgetChangeActions });
