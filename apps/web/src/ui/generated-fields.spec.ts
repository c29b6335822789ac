import { activatePartnership, createPartnership } from '#contracts/partnership';
import { createFund, releaseBudget } from '#contracts/finance';
import type { z } from 'zod';
import { kindOf } from './generated-fields';

const kind = (schema: unknown) => kindOf(schema as z.ZodType);

describe('the input for a member of a request', () => {
  it('follows from its schema', () => {
    expect(kind(activatePartnership.request.shape.on)).toEqual({ kind: 'day', isOptional: true });
    expect(kind(activatePartnership.request.shape.note)).toEqual({ kind: 'text', isOptional: true });
    expect(kind(releaseBudget.request.shape.amount)).toEqual({ kind: 'money', isOptional: false });
    expect(kind(releaseBudget.request.shape.year)).toEqual({ kind: 'number', isOptional: false });
    expect(kind(createFund.request.shape.name)).toEqual({ kind: 'text', isOptional: false });
    expect(kind(createPartnership.request.shape.id)).toEqual({ kind: 'text', isOptional: true });
  });
});
