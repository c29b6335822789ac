import 'reflect-metadata';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ServiceView } from '#contracts';
import { Clock, Handlers } from '#platform';
import { RecurringTask } from './recurring-task';

const RECURRING = Symbol('recurring work');

export interface Schedule<Self = object> {
  /** What is done, as log and metrics name it: `sweep events`. */
  readonly name: string;
  /** From the end of the start on; a function where a setting says it. */
  readonly intervalMs: number | ((self: Self) => number);
}

/** The work; long work looks at the signal, or the service waits for its end when it stops. */
type Work = (stopping: AbortSignal) => Promise<unknown>;

/**
 * Makes a provider's method work that time alone brings about: begun at every interval by every replica, so it must be harmless
 * when another one was faster; never twice at the same time in one process. What fails is logged and tried again at the next
 * interval. It begins once the service has started and has ended before connections close.
 */
export function Recurring<Self extends object>(schedule: Schedule<Self>) {
  return <M extends Work>(target: Self, name: string, { value }: TypedPropertyDescriptor<M>): void => {
    if (!value) throw new Error(`${target.constructor.name}.${name} is no method`);
    Reflect.defineMetadata(RECURRING, schedule, value);
  };
}

/** Finds the recurring work of the service and keeps its schedule. */
@Injectable()
export class RecurringTasks implements OnApplicationBootstrap, OnModuleDestroy {
  private tasks: readonly RecurringTask[] = [];

  constructor(
    private readonly handlers: Handlers,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.tasks = [...this.collect()];
    for (const task of this.tasks) task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.tasks.map((task) => task.stop()));
  }

  /** What this process does by itself, by its name. */
  standing(): ServiceView['tasks'] {
    return this.tasks.map((task) => task.standing()).sort((a, b) => a.name.localeCompare(b.name));
  }

  private *collect(): Generator<RecurringTask> {
    for (const { instance, method } of this.handlers.methods()) {
      const schedule = Reflect.getMetadata(RECURRING, method) as Schedule | undefined;
      if (!schedule) continue;
      const { name, intervalMs } = schedule;
      yield new RecurringTask(name, {
        intervalMs: typeof intervalMs === 'number' ? intervalMs : intervalMs(instance),
        work: method.bind(instance) as Work,
        clock: this.clock,
      });
    }
  }
}
