import { Partnerships1764100001000 } from './0001-partnerships';
import { ExpertRequests1764100002000 } from './0002-expert-requests';
import { Experts1764100003000 } from './0003-experts';
import { Assignments1764100004000 } from './0004-assignments';
import { Reports1764100005000 } from './0005-reports';
import { AssignmentChanges1764100006000 } from './0006-assignment-changes';
import { NoMunicipalityCopy1764100007000 } from './0007-no-municipality-copy';
import { CoverShortfall1764100080000 } from './0080-cover-shortfall';
import { RuleSources1764100081000 } from './0081-rule-sources';
import { AssignmentNotes1764100082000 } from './0082-assignment-notes';
import { ShareChanges1764100090000 } from './0090-share-changes';
import { ReportsFollow1764100092000 } from './0092-reports-follow';
import { ExpertsAndCorrections1764100093000 } from './0093-experts-and-corrections';
import { IndependentDecisions1764100094000 } from './0094-independent-decisions';
import { EligibilityChecks1764100096000 } from './0096-eligibility-checks';
import { ExpertFacts1764100098000 } from './0098-expert-facts';
import { ExpertsUnsaid1764100100000 } from './0100-experts-unsaid';
import { CaseNumbers1764100101000 } from './0101-case-numbers';
import { ChangedTerms1764100110000 } from './0110-changed-terms';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [
  Partnerships1764100001000,
  ExpertRequests1764100002000,
  Experts1764100003000,
  Assignments1764100004000,
  Reports1764100005000,
  AssignmentChanges1764100006000,
  NoMunicipalityCopy1764100007000,
  CoverShortfall1764100080000,
  RuleSources1764100081000,
  AssignmentNotes1764100082000,
  ShareChanges1764100090000,
  ReportsFollow1764100092000,
  ExpertsAndCorrections1764100093000,
  IndependentDecisions1764100094000,
  EligibilityChecks1764100096000,
  ExpertFacts1764100098000,
  ExpertsUnsaid1764100100000,
  CaseNumbers1764100101000,
  ChangedTerms1764100110000,
];
