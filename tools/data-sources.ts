import type { ServiceName } from '#contracts';
import type { DataSourceFactory } from '#database';
import { eventsDataSource } from '../apps/events/src/data-source';
import { financeDataSource } from '../apps/finance/src/data-source';
import { partnershipDataSource } from '../apps/partnership/src/data-source';
import { staffingDataSource } from '../apps/staffing/src/data-source';

/** The database of each service, as its process declares it. */
export const DATA_SOURCES: Readonly<Record<ServiceName, DataSourceFactory>> = {
  partnership: partnershipDataSource,
  staffing: staffingDataSource,
  finance: financeDataSource,
  events: eventsDataSource,
};
