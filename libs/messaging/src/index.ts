export {
  CHAIN_START,
  type ChainFault,
  type ChainHead,
  type ChainReport,
  sealHash,
  verifyAuditChain,
} from './audit-chain';
export { type CommandGroup, type Done, type GroupItem, orRefusal } from './command-group';
export { Commands } from './commands';
export { MessagingConfig, messagingConfigFor } from './config';
export { Consume, Project } from './consume';
export { type DeadLetter, DeadLetters } from './dead-letters';
export { FAILPOINTS } from './failpoint';
export { MessageSigner, type PublicSigningKey } from './message-signer';
export { Messaging } from './messaging';
export { MessagingModule } from './messaging.module';
export { messagingMigrations } from './messaging-tables.migration';
export { type Backlog, readBacklog } from './metrics';
export { Outbox } from './outbox';
export { Rechecks } from './rechecks';
export { RecurringTask } from './recurring-task';
export { ensureStreams, type StreamOptions, streamName } from './streams';
