import type { Installation } from './installation';

/** One thing that is wrong: what, with its number, and what to do about it. Holds no secret and no person's data. */
export interface Finding {
  readonly sentence: string;
  readonly remedy: string;
}

/** One thing to look at. Whatever it throws becomes a finding, but NotExamined. */
export interface Check {
  readonly name: string;
  /** Which page of the repository helps. */
  readonly page: string;
  examine(installation: Installation): Promise<readonly Finding[]>;
}
