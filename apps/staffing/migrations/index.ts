import { messagingMigrations } from '#messaging';
import { Partnerships1764100001000 } from './1-partnerships';
import { ExpertRequests1764100002000 } from './2-expert-requests';
import { Experts1764100003000 } from './3-experts';
import { Assignments1764100004000 } from './4-assignments';
import { Reports1764100005000 } from './5-reports';
import { AssignmentChanges1764100006000 } from './6-assignment-changes';
import { NoMunicipalityCopy1764100007000 } from './7-no-municipality-copy';
import { CoverShortfall1764100080000 } from './80-cover-shortfall';

/** Every migration of the staffing schema, oldest first. */
export const staffingMigrations = [
  ...messagingMigrations,
  Partnerships1764100001000,
  ExpertRequests1764100002000,
  Experts1764100003000,
  Assignments1764100004000,
  Reports1764100005000,
  AssignmentChanges1764100006000,
  NoMunicipalityCopy1764100007000,
  CoverShortfall1764100080000,
];
