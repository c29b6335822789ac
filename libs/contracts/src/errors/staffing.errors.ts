import { declareErrors } from './declare';

/** Refusals of the staffing service. */
export const staffingErrors = declareErrors({});
