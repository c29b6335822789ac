import { SERVICE_OPERATIONS } from '../service.operations';

export const {
  get: getPartnershipService,
  listDeadLetters: listPartnershipDeadLetters,
  replayDeadLetter: replayPartnershipDeadLetter,
} = SERVICE_OPERATIONS.partnership;
