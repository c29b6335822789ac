import { Module } from '@nestjs/common';
import { PlatformModule } from '#platform';
import { AsyncApiController } from './asyncapi.controller';
import { AuditRecordController } from './audit-records/audit-record.controller';
import { ChangeFeed } from './changes/change-feed';
import { ChangeStreams } from './changes/change-streams';
import { ChangesController } from './changes/changes.controller';
import { AccessLog } from './door/access-log';
import { BodyPace } from './door/body-pace';
import { Credentials } from './door/credentials';
import { Door } from './door/door';
import { GatewayConfig } from './gateway-config';
import { HealthController } from './health.controller';
import { HomeController } from './home/home.controller';
import { IdentityProvider } from './identity-provider/identity-provider';
import { DraftKeysController } from './draft-keys.controller';
import { MeController } from './me.controller';
import { DocsController } from './openapi/docs.controller';
import { operationControllers } from './operations/operation-controllers';
import { OperationRunner } from './operations/operation-runner';
import { OutcomeWaiter } from './operations/outcome-waiter';
import { Uploader } from './operations/uploader';
import { ProblemController } from './problems/problem.controller';
import { ProblemFilter } from './problems/problem.filter';
import { PublicPagesController } from './public-pages/public-pages.controller';
import { PublishedReader } from './public-pages/published.reader';
import { RateLimiter } from './rates/rate-limiter';
import { RateSharing } from './rates/rate-sharing';
import { Readiness } from './readiness';
import { SearchController } from './search/search.controller';
import { ServiceController } from './services/service.controller';
import { SessionSeal } from './sessions/session-seal';
import { SessionStore } from './sessions/session-store';
import { Sessions } from './sessions/sessions';
import { BackChannelLogoutController } from './sign-in/back-channel-logout.controller';
import { LogoutTokens } from './sign-in/logout-tokens';
import { SignInAttempts } from './sign-in/sign-in-attempt';
import { StepUp } from './sign-in/step-up';
import { SignInController } from './sign-in/sign-in.controller';
import { WaitingController } from './waiting/waiting.controller';
import { WebClient } from './web/web-client';

/** Map of the gateway: one controller per resource made from the declared operations, and the few routes of its own. */
@Module({
  imports: [PlatformModule.forGateway()],
  controllers: [
    ...operationControllers(),
    AsyncApiController,
    AuditRecordController,
    BackChannelLogoutController,
    ChangesController,
    DocsController,
    HealthController,
    HomeController,
    DraftKeysController,
    MeController,
    ProblemController,
    PublicPagesController,
    SearchController,
    ServiceController,
    SignInController,
    WaitingController,
  ],
  providers: [
    { provide: GatewayConfig, useFactory: () => GatewayConfig.load() },
    AccessLog,
    BodyPace,
    ChangeFeed,
    ChangeStreams,
    Credentials,
    Door,
    IdentityProvider,
    LogoutTokens,
    OperationRunner,
    OutcomeWaiter,
    ProblemFilter,
    PublishedReader,
    RateLimiter,
    Readiness,
    RateSharing,
    SessionSeal,
    SessionStore,
    Sessions,
    SignInAttempts,
    StepUp,
    Uploader,
    WebClient,
  ],
})
export class GatewayModule {}
