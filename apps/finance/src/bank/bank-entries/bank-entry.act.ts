import { listBankEntryActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { BankEntry } from './bank-entry.entity';

export const act = actsOn({ entity: BankEntry, actions: listBankEntryActions });
