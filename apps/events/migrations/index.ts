import { InitialSchema1764000000001 } from './0001-initial-schema';
import { ChangesAndCorrections1764000000002 } from './0002-changes-and-corrections';
import { ConfirmedAddresses1764000000003 } from './0003-confirmed-addresses';
import { CaseNumbers1764000000005 } from './0005-case-numbers';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [
  InitialSchema1764000000001,
  ChangesAndCorrections1764000000002,
  ConfirmedAddresses1764000000003,
  CaseNumbers1764000000005,
];
