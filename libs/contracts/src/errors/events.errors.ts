import { declareErrors } from './declare';

/** Refusals of the events service. */
export const eventsErrors = declareErrors({});
