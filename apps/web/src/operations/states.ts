import type { ServiceList, ServiceName } from '#contracts';
import type { TagTone } from '../ui/status-tag';
import type { OperationsTexts } from './texts/de';

type Status = keyof OperationsTexts['statuses'];
type Checks = ServiceList['gateway']['checks'];

export interface State {
  readonly where: ServiceName | 'gateway';
  readonly status: Status;
  readonly checks: Checks;
  /** Undefined where it did not say. */
  readonly view?: ServiceList['items'][number];
}

export const STATUS_TONES: Readonly<Record<Status, TagTone>> = {
  away: 'danger',
  down: 'danger',
  degraded: 'warning',
  up: 'success',
};

const WORST_FIRST: readonly Status[] = ['away', 'down', 'degraded', 'up'];

/** All processes that a person would call the platform, the worst first. */
export function statesOf({ items, away, gateway }: ServiceList): State[] {
  const states: State[] = [
    { where: 'gateway', status: gateway.status, checks: gateway.checks },
    ...items.map((view) => ({ where: view.service, status: view.status, checks: view.checks, view })),
    ...away.map(({ service, checks }) => ({ where: service, status: 'away' as const, checks })),
  ];
  return states.sort((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status));
}
