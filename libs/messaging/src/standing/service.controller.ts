import { Controller, type Type } from '@nestjs/common';
import {
  AppError,
  type ReplyOf,
  type RequestOf,
  SERVICE_OPERATIONS,
  type ServiceName,
  type ServiceView,
} from '#contracts';
import { isDatabaseAway } from '#database';
import { type Call, Handle } from '#platform';
import { Commands } from '../commands/commands';
import { DeadLetters, legible } from '../inbox/dead-letters';
import { ServiceStanding } from './service-standing';

const ERROR_MAX = 500;

/** The handlers by which operators look at one service and take up what it set aside; every service has the same. */
export function serviceController(service: ServiceName): Type {
  const { get, listDeadLetters, replayDeadLetter } = SERVICE_OPERATIONS[service];

  @Controller()
  class ServiceController {
    constructor(
      private readonly standing: ServiceStanding,
      private readonly letters: DeadLetters,
      private readonly commands: Commands,
    ) {}

    @Handle(get)
    get(): Promise<ServiceView> {
      return this.standing.view(service);
    }

    @Handle(listDeadLetters)
    async list(): Promise<ReplyOf<typeof listDeadLetters>> {
      return { items: await this.letters.views() };
    }

    @Handle(replayDeadLetter)
    async replay(
      { deadLetterId: id }: RequestOf<typeof replayDeadLetter>,
      call: Call,
    ): Promise<ReplyOf<typeof replayDeadLetter>> {
      const by = { actor: call.caller.subject, operation: call.operation.subject };
      try {
        return await this.commands.run(call, async (tx) => {
          const outcome = await this.letters.replayIn(tx, id, by);
          return { id, outcome, replayedBy: by.actor };
        });
      } catch (error) {
        // Outside the transaction, which has to see what Postgres answered; and not kept under the key, so that it can be tried again.
        if (error instanceof AppError || isDatabaseAway(error)) throw error;
        const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        throw new AppError('PLATFORM_DEAD_LETTER_FAILED_AGAIN', { error: legible(text, ERROR_MAX) }, { cause: error });
      }
    }
  }
  return ServiceController;
}
