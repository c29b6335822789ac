import type { Check } from '../check';
import { audit } from './audit';
import { certificates } from './certificates';
import { clock } from './clock';
import { migrations, postgres, roles } from './database';
import { disk } from './disk';
import { answerKeys, signingKeys } from './keys';
import { backlog, consumerLag, deadLetters, externalConsumers, nats, streams } from './messages';
import { services } from './services';
import { signIn } from './sign-in';
import { versions } from './versions';

/** Everything that the doctor looks at, in the order of its report: first what all else stands on. */
export const CHECKS: readonly Check[] = [
  postgres,
  nats,
  versions,
  signIn,
  clock,
  certificates,
  disk,
  roles,
  migrations,
  streams,
  externalConsumers,
  consumerLag,
  backlog,
  deadLetters,
  signingKeys,
  answerKeys,
  audit,
  services,
];
