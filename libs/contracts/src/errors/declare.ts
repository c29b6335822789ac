import type { ErrorKind } from './kinds';

export interface ErrorDeclaration {
  readonly kind: ErrorKind;
  /** What is wrong and what to do next, for a person. */
  readonly en: string;
  readonly de: string;
  /** Names of details that are amounts of money: left out for who may not see pay (docs/domain.md#pay). */
  readonly amounts?: readonly string[];
}

/** Declares a service's error codes; keeps the literal keys so that a misspelt code does not compile. */
export function declareErrors<const T extends Record<string, ErrorDeclaration>>(errors: T): T {
  return errors;
}
