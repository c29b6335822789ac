import { recheckOperations } from '../recheck.operations';

export const { begin: beginPartnershipRecheck, list: listPartnershipRechecks } = recheckOperations('partnership');
