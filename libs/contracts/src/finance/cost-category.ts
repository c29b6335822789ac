import { z } from 'zod';

/** Top level of the cost-category tree; a payout belongs to one of them. Source: docs/domain.md#cost-categories. */
export const COST_CATEGORIES = ['PERSONAL', 'SOZIALES', 'FAMILIE', 'MOBILITAET', 'AUSSTATTUNG', 'PROJEKT'] as const;
export const CostCategory = z.enum(COST_CATEGORIES).meta({ id: 'CostCategory' });
export type CostCategory = z.infer<typeof CostCategory>;
