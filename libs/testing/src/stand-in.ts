import { type INestMicroservice, Module, type OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppError, type Operation, OPERATIONS, type ReplyOf, type RequestOf, type ServiceName } from '#contracts';
import { type Call, type Handler, Handlers, PlatformModule, SERVICE_OPTIONS } from '#platform';

/** What a stand-in answers to one operation; it may refuse, as the service would. */
export type Answer<O extends Operation> = (request: RequestOf<O>, call: Call) => ReplyOf<O> | Promise<ReplyOf<O>>;

/**
 * A service that is no member of a fleet, as those see it that call it: same transport, same contracts, same verified callers. It
 * answers what a test has told it to, and finds nothing else.
 */
export class StandIn {
  private readonly answers = new Map<string, Handler>();
  private app: INestMicroservice | undefined;

  constructor(private readonly service: ServiceName) {}

  answer<O extends Operation>(operation: O, answer: Answer<O>): void {
    this.answers.set(operation.subject, answer as Handler);
  }

  /** The environment names the broker and the issuer already. */
  async start(): Promise<void> {
    const { service, answers } = this;
    @Module({ imports: [PlatformModule.forService(service)] })
    class StandInModule implements OnModuleInit {
      constructor(private readonly handlers: Handlers) {}

      onModuleInit(): void {
        for (const operation of OPERATIONS.filter((it) => it.service === service)) {
          this.handlers.register(operation, (request, call) => {
            const answer = answers.get(operation.subject);
            if (!answer) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
            return answer(request, call);
          });
        }
      }
    }
    const module = await Test.createTestingModule({ imports: [StandInModule] }).compile();
    this.app = module.createNestMicroservice(SERVICE_OPTIONS);
    await this.app.listen();
  }

  async stop(): Promise<void> {
    await this.app?.close();
  }
}
