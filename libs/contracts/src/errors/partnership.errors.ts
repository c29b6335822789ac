import { declareErrors } from './declare';

/** Refusals of the partnership service. */
export const partnershipErrors = declareErrors({});
