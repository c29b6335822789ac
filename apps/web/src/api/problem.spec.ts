import { Problem } from './problem';

const isRefusal = (status: number, code = 'ANY') => new Problem({ status, code, detail: '' }).isRefusal;

describe('a problem', () => {
  it('is a refusal when the server has decided, so that another try has a key of its own', () => {
    expect([400, 403, 409, 412, 422].map((status) => isRefusal(status))).toEqual([true, true, true, true, true]);
  });

  it('is none when the outcome is not known: the same key has to be sent again', () => {
    expect([0, 429, 500, 502, 503, 504].filter((status) => isRefusal(status))).toEqual([]);
    expect(isRefusal(409, 'PLATFORM_REQUEST_IN_PROGRESS')).toBe(false);
  });
});
