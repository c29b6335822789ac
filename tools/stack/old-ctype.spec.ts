import { oldCtypeSentence } from './servers';

it('says of a data folder with the ctype C what is wrong and what mends it', () => {
  expect(oldCtypeSentence('C', '.data/postgres')).toMatch(
    /data folder \.data\/postgres .* dump and restore .* --fresh/,
  );
});

it('says nothing of any other', () => {
  expect(oldCtypeSentence('C.UTF-8', '.data/postgres')).toBeUndefined();
  expect(oldCtypeSentence('en_US.utf8', '.data/postgres')).toBeUndefined();
});
