import { SERVICE_OPERATIONS } from '../service.operations';

export const {
  get: getFinanceService,
  listDeadLetters: listFinanceDeadLetters,
  replayDeadLetter: replayFinanceDeadLetter,
} = SERVICE_OPERATIONS.finance;
