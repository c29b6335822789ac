import { programOf } from './source-program-spec';
import { yearsIn } from './years';

const PLACE = 'apps/events/src/fees/fee.service.ts';
const years = (code: string) => yearsIn(programOf(new Map([[`/house/${PLACE}`, `export ${code}`]])));

it.each([
  ['a day', "const from = '2021-01-01'", '2021-01-01'],
  ['a year in a text', "const source = 'GIZ, 01/2021: allowance'", 'GIZ, 01/2021: allowance'],
  ['a year in a template', 'const name = (key: string) => `${key}-2023`', '-2023'],
  ['a year as a number', 'const firstYear = 2021', '2021'],
  ['a year in a name', 'const before2023 = true', 'before2023'],
])('%s is found', (_, code, text) => {
  expect(years(code)).toEqual([`${PLACE}:1: ${text}`]);
});

it.each([
  ['a quantity', 'const limitMs = 2000'],
  ['a larger number', 'const bytes = 20480'],
  ['a number of bits', 'const flags = 0x0808'],
  ['a namespace of a standard', "const sheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'"],
  ['a namespace of the W3C', "const xsd = 'http://www.w3.org/2001/XMLSchema#'"],
  ['the name of the agenda', "const title = 'Goals of Agenda 2030'"],
  ['a comment', 'const one = 1; // since 2021'],
  ['the end of time', "const open = '9999-12-31'"],
])('%s is none', (_, code) => {
  expect(years(code)).toEqual([]);
});
