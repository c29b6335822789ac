import type { ValueTransformer } from 'typeorm';

/** For `@Column('jsonb', { transformer: jsonColumn })` of a list: the driver would write an array as one of Postgres. */
export const jsonColumn: ValueTransformer = {
  to: (value: unknown) => JSON.stringify(value),
  from: (value: unknown) => value,
};
