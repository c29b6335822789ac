import { z } from 'zod';
import { FieldShare } from '../partnership/partnership.operations';

/** Fields of action with percentages that add up to 100 (docs/domain.md#fields-of-action). */
export const FieldShares = z
  .array(FieldShare)
  .min(1)
  .max(26)
  .refine((fields) => new Set(fields.map((field) => field.key)).size === fields.length, 'names a field twice')
  .refine((fields) => fields.reduce((sum, field) => sum + field.percent, 0) === 100, 'percentages must add up to 100');
