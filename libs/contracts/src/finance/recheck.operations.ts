import { recheckOperations } from '../recheck.operations';

export const { begin: beginFinanceRecheck, list: listFinanceRechecks } = recheckOperations('finance');
