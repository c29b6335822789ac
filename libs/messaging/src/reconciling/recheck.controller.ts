import { Controller, type Type } from '@nestjs/common';
import { type RecheckView, recheckOperations, type ReplyOf, type RequestOf, type ServiceName } from '#contracts';
import { type Call, Handle } from '#platform';
import { Commands } from '../commands/commands';
import { Messaging } from '../messaging';

/** The handlers of one service's recheck operations; every service has the same. */
export function recheckController(service: ServiceName): Type {
  const { begin, list } = recheckOperations(service);

  @Controller()
  class RecheckController {
    constructor(
      private readonly commands: Commands,
      private readonly messaging: Messaging,
    ) {}

    @Handle(begin)
    async begin({ reason, since }: RequestOf<typeof begin>, call: Call): Promise<RecheckView> {
      const by = call.caller.subject;
      const request = { by, reason, ...(since !== undefined && { since: new Date(since) }) };
      const recheck = await this.commands.run(call, (tx) => this.messaging.rechecks.request(tx, request));
      this.messaging.reconciler.begin();
      return recheck;
    }

    @Handle(list)
    async list(): Promise<ReplyOf<typeof list>> {
      return { items: await this.messaging.rechecks.list() };
    }
  }
  return RecheckController;
}
