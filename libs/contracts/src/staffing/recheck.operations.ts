import { recheckOperations } from '../recheck.operations';

export const { begin: beginStaffingRecheck, list: listStaffingRechecks } = recheckOperations('staffing');
