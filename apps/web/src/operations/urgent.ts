import type { ServiceList, ServiceName } from '#contracts';
import type { OperationsTexts } from './texts/de';

type Where = ServiceName | 'gateway';

/** One thing that does not mend itself, in words. */
export interface Urgent {
  readonly where: Where;
  readonly what: string;
  readonly detail: string | null;
  readonly to?: string;
}

/** After this long the sender of a healthy service has long done its work (docs/reliability.md). */
const LATE_SECONDS = 60;

/** What needs somebody, what harms most first: who is away, what is not ready, what lies, what was late. */
export function urgentOf({ items, away, gateway }: ServiceList, t: OperationsTexts): Urgent[] {
  const { urgent } = t;
  const absent = away.map(({ service, checks }) => ({
    where: service,
    what: urgent.away,
    detail: checks.find(({ isWell }) => !isWell)?.detail ?? null,
  }));
  const faults = [{ where: 'gateway' as Where, checks: gateway.checks }, ...items.map(checksOf)].flatMap(
    ({ where, checks }) =>
      checks
        // In words of its own below.
        .filter(({ name, isWell }) => !isWell && name !== 'audit')
        .map(({ name, detail }) => ({ where, what: urgent.notReady(name), detail })),
  );
  return [...absent, ...faults, ...items.flatMap((view) => lyingAt(view, t))];
}

function checksOf({ service, checks }: ServiceList['items'][number]) {
  return { where: service as Where, checks };
}

function lyingAt(view: ServiceList['items'][number], t: OperationsTexts): Urgent[] {
  const { urgent, services } = t;
  const { service: where, outbox, consumers, deadLetters, tasks, audit, queues } = view;
  const found: (Urgent | false)[] = [
    ...audit.faults.map((detail) => ({ where, what: urgent.audit, detail, to: '/audit' })),
    ...consumers
      .filter(({ isAttached }) => !isAttached)
      .map(({ producer }) => ({ where, what: urgent.detached(services[producer]), detail: null })),
    deadLetters > 0 && {
      where,
      what: urgent.deadLetters(deadLetters),
      detail: null,
      to: '/operations/dead-letters',
    },
    outbox.failed > 0 && { where, what: urgent.refused(outbox.failed), detail: null },
    outbox.oldestSeconds > LATE_SECONDS && {
      where,
      what: urgent.late,
      detail: urgent.oldest(ageText(outbox.oldestSeconds, t)),
    },
    ...tasks.filter(({ hasFailed }) => hasFailed).map(({ name }) => ({ where, what: urgent.task, detail: name })),
    ...queues
      .filter(({ givenUp }) => givenUp > 0)
      .map(({ givenUp }) => ({ where, what: urgent.mails(givenUp), detail: urgent.mailsHelp })),
  ];
  return found.filter((each) => each !== false);
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const;

/** A length of time in its largest whole unit. */
export function ageText(seconds: number, { ages }: OperationsTexts): string {
  for (const [unit, length] of UNITS) if (seconds >= length) return ages[unit](Math.floor(seconds / length));
  return ages.seconds(Math.floor(seconds));
}
