import { Logger } from '@nestjs/common';
import { FixedClock } from './clock';
import { RefusedTokens } from './refused-tokens';

describe('refused tokens', () => {
  it('are said once a second and reason, with their number', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const clock = new FixedClock('2026-11-02T12:00:00Z');
    const refused = new RefusedTokens(clock);
    for (let count = 0; count < 1000; count += 1) refused.note('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
    refused.note('claim exp check_failed');
    clock.advance(1000);
    refused.note('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');

    expect(warn.mock.calls.map(([line]) => line as unknown)).toEqual([
      { reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', refusals: 1 },
      { reason: 'claim exp check_failed', refusals: 1 },
      { reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', refusals: 1000 },
    ]);
    warn.mockRestore();
  });
});
