import { z } from 'zod';
import { OPERATIONS } from '#contracts';
import { listPartnerships } from '#contracts/partnership';
import { signExpertRequest } from '#contracts/staffing';
import { createFund, getPaymentRunFile, importBankMessage } from '#contracts/finance';
import { rateClassOf } from './rate-class';
import { ratePolicies, rateSettings } from './rate-policy';

const schema = z.object(rateSettings);

describe('the settings of the limits', () => {
  it('are requests and seconds, and a factor for all', () => {
    const { read, files } = ratePolicies(schema.parse({ RATE_LIMIT_READ: '50/10', RATE_LIMIT_FACTOR: '2' }));
    expect(read).toEqual({ name: 'read', quota: 100, windowMs: 10_000, header: '"read";q=100;w=10' });
    expect(files.quota).toBe(240);
  });

  it.each(['', '100', '100/0', '0/60', '-1/60', '1e3/60', '100/3601', '99999999/60', 'off'])(
    '%j is refused',
    (text) => {
      expect(schema.safeParse({ RATE_LIMIT_READ: text }).success).toBe(false);
    },
  );
});

describe('the class of an operation', () => {
  it.each([
    ['read', OPERATIONS.find(({ http }) => http.path === '/funds/{fundId}')],
    ['search', listPartnerships],
    ['write', signExpertRequest],
    ['money', createFund],
    ['files', importBankMessage],
    ['files', getPaymentRunFile],
  ])('%s follows from the declaration', (name, operation) => {
    expect(operation && rateClassOf(operation)).toBe(name);
  });
});
