import type { ServiceName } from './service-name';

/**
 * Which services' operations a service calls itself, because its user waits for a fresh answer; all else goes by messages. NATS
 * permissions are made from it.
 */
export const CALLS: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  partnership: [],
  staffing: ['partnership'],
  finance: [],
  events: [],
};
