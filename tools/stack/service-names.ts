import type { ServiceName } from '#contracts';

// Complete by its type. Only the type is taken from the contracts: loading them would cost the supervisor 40 MB.
const OPS_PORT_OFFSET: Readonly<Record<ServiceName, number>> = { partnership: 0, staffing: 1, finance: 2, events: 3 };

export const SERVICE_NAMES = Object.keys(OPS_PORT_OFFSET) as ServiceName[];

/** Where a service or the gateway answers for health and metrics, counted from OPS_PORTS_FROM. */
export function opsPortOffset(name: ServiceName | 'gateway'): number {
  return name === 'gateway' ? SERVICE_NAMES.length : OPS_PORT_OFFSET[name];
}
