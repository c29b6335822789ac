export { type Act, type ActsOn, actsOn, type Asking } from './acts/act';
export { Audit, AUDIT_TRAIL } from './audit/audit';
export { AnswerSeal, answerSealConfigSchema } from './answer-seal';
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
export { AUDIT_CHAIN, type ChainReport, verifyAuditChain } from './audit-chain';
export { type CommandGroup, type Done, type GroupItem, orRefusal } from './command-group';
export { Commands } from './commands';
export { MessagingConfig, messagingConfigFor } from './config';
export { Consume, Project } from './consume';
export { type DeadLetter, DeadLetters } from './dead-letters';
export type { PublicSigningKey } from './ed25519-key';
export { FAILPOINTS } from './failpoint';
export { signingFault, unreadableAnswers } from './key-standing';
export { MessageSigner } from './message-signer';
export { Messaging } from './messaging';
export { MessagingModule } from './messaging.module';
export { messagingMigrations } from './messaging-tables.migration';
export { type Backlog, readBacklog } from './metrics';
export { Outbox } from './outbox';
export { Rechecks } from './rechecks';
export { Recurring, RecurringTasks } from './recurring/recurring';
export { type ConsumerStanding, inspectStreams, type StreamStanding } from './stream-standing';
export { ensureStreams, type StreamOptions, streamName } from './streams';
export { actorOf } from './transaction-record';
