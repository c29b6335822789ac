import { SERVICE_OPERATIONS } from '../service.operations';

export const {
  get: getStaffingService,
  listDeadLetters: listStaffingDeadLetters,
  replayDeadLetter: replayStaffingDeadLetter,
} = SERVICE_OPERATIONS.staffing;
