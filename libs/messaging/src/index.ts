export { type Act, type ActsOn, actsOn, type Asking } from './acts/act';
export { Audit } from './audit/audit';
export { AUDIT_CHAIN, AUDIT_TRAIL } from './audit/audit-chain';
export { AnswerSeal, answerSealConfigSchema } from './commands/answer-seal';
export { AuditConfig, auditConfigSchema, CheckpointKeys, placesOf, placeVariables } from './audit/audit-config';
export { auditFaults } from './audit/audit-standing';
export type { AmountsDigest, AuditSubject, Finding } from './audit/audit-subject';
export { Checkpoints } from './audit/checkpoints';
export { type VerificationReport, verifyService } from './audit/verification';
export {
  CHAIN_START,
  type ChainFault,
  type ChainHead,
  findUnsealed,
  FIRST_ID,
  type HashChain,
  headOf,
  readLinks,
  sealHash,
  type SqlReader,
  START,
  walkChain,
} from './audit/hash-chain';
export { type CommandGroup, type Done, type GroupItem, orRefusal } from './commands/command-group';
export { Commands } from './commands/commands';
export { MessagingConfig, messagingConfigFor } from './config';
export { Consume, Project } from './inbox/consume';
export { type DeadLetter, DeadLetters } from './inbox/dead-letters';
export type { PublicSigningKey } from './signing/ed25519-key';
export { FAILPOINTS } from './failpoint';
export { unreadableAnswers } from './commands/answer-standing';
export { signingFault } from './signing/key-standing';
export { MessageSigner } from './signing/message-signer';
export { Messaging } from './messaging';
export { MessagingModule } from './messaging.module';
export { lastPosition } from './relay/outbox-table';
export { messagingMigrations } from './migrations/messaging-tables.migration';
export { type Backlog, readBacklog } from './metrics';
export { Outbox } from './commands/outbox';
export { Rechecks } from './reconciling/rechecks';
export { type Lead, LeaderTask } from './background/leader-task';
export { Recurring, RecurringTasks } from './background/recurring';
export { ServiceStanding } from './standing/service-standing';
export { type ConsumerStanding, inspectStreams, type StreamStanding } from './streams/stream-standing';
export { ensureStreams, type StreamOptions, streamName } from './streams/streams';
export { actorOf } from './commands/transaction-output';
