import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '#contracts';
import { Database } from '#database';
import { loadConfig, Nats } from '#platform';
import { Acts } from './acts/acts';
import { Audit } from './audit/audit';
import { AuditConfig, auditConfigSchema } from './audit/audit-config';
import { auditRecordController } from './audit/audit-record.controller';
import { AnswerSeal, answerSealConfigSchema } from './commands/answer-seal';
import { Commands } from './commands/commands';
import { MessagingConfig, messagingConfigFor } from './config';
import { DeadLetters } from './inbox/dead-letters';
import { MessageSigner } from './signing/message-signer';
import { Messaging, MessagingWiring } from './messaging';
import { Outbox } from './commands/outbox';
import { recheckController } from './reconciling/recheck.controller';
import { RecurringTasks } from './background/recurring';
import { RelaySignal } from './relay/relay-signal';
import { serviceController } from './standing/service.controller';
import { ServiceStanding } from './standing/service-standing';

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/** Gives a service its outbox, commands and dead letters, and runs relay, reconciler and consumers. Global. */
@Module({})
export class MessagingModule {
  static forService(name: ServiceName): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      controllers: [auditRecordController(name), recheckController(name), serviceController(name)],
      providers: [
        { provide: MessagingConfig, useFactory: () => new MessagingConfig(loadConfig(messagingConfigFor(name))) },
        { provide: AuditConfig, useFactory: () => new AuditConfig(loadConfig(auditConfigSchema)) },
        Acts,
        Audit,
        { provide: AnswerSeal, useFactory: () => new AnswerSeal(loadConfig(answerSealConfigSchema)) },
        Commands,
        DeadLetters,
        MessagingWiring,
        {
          provide: MessageSigner,
          inject: [MessagingConfig],
          useFactory: ({ signingKey }: MessagingConfig) => new MessageSigner(name, signingKey),
        },
        {
          provide: Messaging,
          inject: [Database, Nats, MessagingConfig, DeadLetters, MessagingWiring],
          useFactory: (...parts: Tail<ConstructorParameters<typeof Messaging>>) => new Messaging(name, ...parts),
        },
        Outbox,
        RecurringTasks,
        RelaySignal,
        ServiceStanding,
      ],
      exports: [
        AuditConfig,
        Audit,
        Commands,
        DeadLetters,
        MessageSigner,
        Messaging,
        Outbox,
        RecurringTasks,
        ServiceStanding,
      ],
    };
  }
}
