import { isMeant } from './attendees';

describe('a name that is looked for at the door', () => {
  it.each([
    ['Çiğdem Öztürk', 'ozturk'],
    ['Asha Mushi', 'mushi asha'],
    ['José Núñez', 'NUNE'],
    ['Asha Mushi', ''],
  ])('%s is found by %s', (name, typed) => expect(isMeant(name, typed)).toBe(true));

  it('is not found by another', () => expect(isMeant('Asha Mushi', 'Mosi')).toBe(false));
});
