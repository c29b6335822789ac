export { type Act, type ActsOn, actsOn, type Asking } from './acts/act';
export { Audit, AUDIT_TRAIL } from './audit/audit';
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
  currentContent,
  findUnsealed,
  FIRST_ID,
  type HashChain,
  headOf,
  sealHash,
  type SqlReader,
  START,
  walkChain,
} from './audit/hash-chain';
export { AUDIT_CHAIN, type ChainReport, verifyAuditChain } from './audit/audit-chain';
export { type CommandGroup, type Done, type GroupItem, orRefusal } from './commands/command-group';
export { Commands } from './commands/commands';
export { MessagingConfig, messagingConfigFor } from './config';
export { Consume, Project } from './inbox/consume';
export { type DeadLetter, DeadLetters } from './inbox/dead-letters';
export type { PublicSigningKey } from './signing/ed25519-key';
export { FAILPOINTS } from './failpoint';
export { signingFault, unreadableAnswers } from './signing/key-standing';
export { MessageSigner } from './signing/message-signer';
export { Messaging } from './messaging';
export { MessagingModule } from './messaging.module';
export { messagingMigrations } from './migrations/messaging-tables.migration';
export { type Backlog, readBacklog } from './metrics';
export { Outbox } from './commands/outbox';
export { Rechecks } from './reconciling/rechecks';
export { Recurring, RecurringTasks } from './recurring/recurring';
export { type ConsumerStanding, inspectStreams, type StreamStanding } from './streams/stream-standing';
export { ensureStreams, type StreamOptions, streamName } from './streams/streams';
export { actorOf } from './commands/transaction-record';
