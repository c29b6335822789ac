import type { RequestInputOf } from '#contracts';
import { countPartnerships, listPartnerships } from '#contracts/partnership';
import { read } from '../api/query';

/** How many partnerships there are with each country. Whatever changes their list changes this. */
export function counts(filter: RequestInputOf<typeof countPartnerships>) {
  return { ...read(countPartnerships, filter), meta: { path: listPartnerships.http.path } };
}
