import { Registry1764000001000 } from './0001-registry';
import { PartnershipParts1764100010000 } from './0010-partnership-parts';
import { EligibilitySteps1764100020000 } from './0020-eligibility-steps';
import { EligibilityOfShareChanges1764100030000 } from './0030-eligibility-of-share-changes';
import { CaseNumbers1764100031000 } from './0031-case-numbers';
import { Projects1764100040000 } from './0040-projects';
import { RegisterNames1764100041000 } from './0041-register-names';
import { LocalNames1764100042000 } from './0042-local-names';
import { Places1764100043000 } from './0043-places';
import { Successions1764100044000 } from './0044-successions';
import { Results1764100045000 } from './0045-results';
import { AssignmentCopies1764100050000 } from './0050-assignment-copies';
import { Publications1764100051000 } from './0051-publications';
import { PartnershipImports1764100060000 } from './0060-partnership-imports';
import { PartnershipChanges1764100065000 } from './0065-partnership-changes';
import { CaseTimeline1764100066000 } from './0066-case-timeline';
import { FormerOwners1764100070000 } from './0070-former-owners';
import { MunicipalityContacts1764100071000 } from './0071-municipality-contacts';
import { PublishedResults1764100080000 } from './0080-published-results';
import { AgreementFiles1764100090000 } from './0090-agreement-files';
import { EndingAgreements1764100091000 } from './0091-ending-agreements';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [
  Registry1764000001000,
  PartnershipParts1764100010000,
  EligibilitySteps1764100020000,
  EligibilityOfShareChanges1764100030000,
  CaseNumbers1764100031000,
  Projects1764100040000,
  RegisterNames1764100041000,
  LocalNames1764100042000,
  Places1764100043000,
  Successions1764100044000,
  Results1764100045000,
  AssignmentCopies1764100050000,
  Publications1764100051000,
  PartnershipImports1764100060000,
  PartnershipChanges1764100065000,
  CaseTimeline1764100066000,
  FormerOwners1764100070000,
  MunicipalityContacts1764100071000,
  PublishedResults1764100080000,
  AgreementFiles1764100090000,
  EndingAgreements1764100091000,
];
