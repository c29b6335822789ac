import { recheckOperations } from '../recheck.operations';

export const { begin: beginEventsRecheck, list: listEventsRechecks } = recheckOperations('events');
