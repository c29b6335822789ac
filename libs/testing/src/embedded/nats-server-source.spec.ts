import { isNewEnough } from './nats-server-source';

describe('the version of nats-server', () => {
  it.each(['2.10.0', '2.12.15', '2.15.1', '3.0.0'])('%s is new enough', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['2.9.10', '1.4.1', undefined])('%s is not', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});
