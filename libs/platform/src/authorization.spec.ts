import { grant, type Operation } from '#contracts';
import { checkEligibility } from '#contracts/partnership';
import { ANYBODY, authorize } from './authorization';
import { inboxOwner } from './rpc/subjects';

const asRole = (role: 'adviser' | 'municipality-de' | 'expert') => ({ subject: 'somebody', roles: [role] });

describe('who may call an operation that another service calls for its users', () => {
  const operation: Operation = {
    ...checkEligibility,
    allow: grant('any', 'adviser'),
    allowThrough: { staffing: grant('any', 'municipality-de') },
  };
  const refused = expect.objectContaining({ code: 'PLATFORM_ACTION_NOT_ALLOWED' }) as Error;

  it('is who is listed, whoever asks for them', () => {
    expect(authorize(asRole('adviser'), operation)).toBe('any');
    expect(authorize(asRole('adviser'), operation, 'staffing')).toBe('any');
  });

  it('is who is listed for that service, through it only', () => {
    expect(authorize(asRole('municipality-de'), operation, 'staffing')).toBe('any');
    for (const through of [undefined, '', 'gateway', 'finance', 'constructor'])
      expect(() => authorize(asRole('municipality-de'), operation, through)).toThrow(refused);
    expect(() => authorize(asRole('expert'), operation, 'staffing')).toThrow(refused);
  });

  it('is told by the inbox that the answer goes to', () => {
    expect(inboxOwner('_INBOX_staffing.rpc.0198.1')).toBe('staffing');
    expect(inboxOwner('_INBOX_gateway.rpc.staffing.1')).toBe('gateway');
    for (const other of ['_INBOX_staffing', 'x_INBOX_staffing.1', 'rpc._INBOX_staffing.1', ''])
      expect(inboxOwner(other)).toBe('');
  });
});

describe('an operation for everybody', () => {
  it('lets in whoever has no role at all, and the same operation for callers does not', () => {
    const forCallers = { ...checkEligibility, allow: grant('any', 'adviser') };
    expect(authorize(ANYBODY, { ...forCallers, isPublic: true })).toBe('any');
    expect(() => authorize(ANYBODY, forCallers)).toThrow(
      expect.objectContaining({ code: 'PLATFORM_ACTION_NOT_ALLOWED' }) as Error,
    );
  });
});
