import { SERVICE_OPERATIONS } from '../service.operations';

export const {
  get: getEventsService,
  listDeadLetters: listEventsDeadLetters,
  replayDeadLetter: replayEventsDeadLetter,
} = SERVICE_OPERATIONS.events;
