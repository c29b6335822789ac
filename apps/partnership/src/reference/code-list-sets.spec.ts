import { readFileSync } from 'node:fs';
import { COUNTRY_CODES } from '#contracts';
import { FIELDS_OF_ACTION } from '#contracts/partnership';
import { parseCsv } from '../csv';

const column = (file: string, name: string) =>
  parseCsv(readFileSync(`${__dirname}/../../data/${file}`, 'utf8')).map((row) => row[name]);

describe('the code lists that are shipped', () => {
  it('have the countries that every service takes', () => {
    expect(new Set(column('countries.csv', 'iso2'))).toEqual(COUNTRY_CODES);
  });

  it('have the fields of action that every service takes, in their order', () => {
    expect(column('fields_of_action.csv', 'key')).toEqual(FIELDS_OF_ACTION);
  });
});
