import { changeExpertRequest } from '#contracts/staffing';
import { activatePartnership, listPartnerships } from '#contracts/partnership';
import { httpRequest } from './request';

describe('a request made from a declaration', () => {
  it('puts the rest of a read into the query: lists joined, blanks left out', () => {
    const { method, url, body } = httpRequest(listPartnerships, {
      q: 'Tübingen',
      status: ['ACTIVE', 'DORMANT'],
      cursor: undefined,
      limit: 50,
    });
    expect([method, url, body]).toEqual([
      'GET',
      '/v1/partnerships?q=T%C3%BCbingen&status=ACTIVE%2CDORMANT&limit=50',
      undefined,
    ]);
  });

  it('puts the id into the path and the rest of a write into the body', () => {
    const request = httpRequest(activatePartnership, { partnershipId: 'a/b', on: '2026-01-01' });
    expect(request).toEqual({
      method: 'POST',
      url: '/v1/partnerships/a%2Fb/activations',
      contentType: 'application/json',
      body: '{"on":"2026-01-01"}',
    });
  });

  it('sends a change as a merge patch', () => {
    const { contentType, body } = httpRequest(changeExpertRequest, { expertRequestId: 'x', title: 'New' });
    expect([contentType, body]).toEqual(['application/merge-patch+json', '{"title":"New"}']);
  });
});
