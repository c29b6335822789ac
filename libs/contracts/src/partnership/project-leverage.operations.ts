import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { PAY_READERS } from '../roles';
import { PLAN_YEARS_MAX } from '../finance/cost-inputs';
import { Year } from '../finance/fund.operations';
import { Id, Written } from '../values';

export const LeverageGap = z.enum(['NO_ASSIGNMENT', 'NOTHING_BOUND', 'OTHER_CURRENCY']).meta({
  id: 'LeverageGap',
  description:
    'Why there is no ratio. NO_ASSIGNMENT: the project was born from something else. NOTHING_BOUND: no money is known to be bound for the assignment. OTHER_CURRENCY: project and fund count in different ones.',
});

export const ProjectLeverageView = z
  .strictObject({
    id: Id,
    secured: Money.meta({ description: 'Funding of the project that is committed or signed' }),
    assignmentId: Id.nullable().meta({ description: 'The assignment that the project was born from' }),
    expertCost: Money.nullable().meta({ description: 'Bound by the fund for that assignment, over its full term' }),
    byYear: z.array(z.strictObject({ year: Year, amount: Money })).max(PLAN_YEARS_MAX * 2),
    ratio: Written(30).nullable().meta({ description: 'Secured for each unit of expert cost, rounded half up to 0.1' }),
    gap: LeverageGap.nullable(),
  })
  .meta({ id: 'ProjectLeverageView', description: 'How much finance came of the cost of an expert, with its inputs.' });
export type ProjectLeverageView = z.infer<typeof ProjectLeverageView>;

export const getProjectLeverage = operation({
  subject: 'rpc.partnership.project.leverage',
  http: { method: 'GET', path: '/projects/{projectId}/leverage' },
  summary: 'Read how much finance a project brought for the cost of its expert',
  description:
    'Leverage = finance secured / cost of the expert. From it follows what an expert costs, so it is for those who see pay.',
  request: z.strictObject({ projectId: Id }),
  reply: ProjectLeverageView,
  allow: PAY_READERS,
});
