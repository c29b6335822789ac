import { createDataSource } from '#database';
import { messagingMigrations } from '#messaging';
import { migrations } from '../migrations';
import { RuleProposal, rulesMigrations } from '#rules';
import { EligibilityEvaluation } from './eligibility/eligibility-evaluation.entity';
import { Municipality } from './municipalities/municipality.entity';
import { Agreement } from './partnerships/agreement.entity';
import { Partnership } from './partnerships/partnership.entity';
import { loadReferenceData } from './reference.data';

export const partnershipDataSource = createDataSource({
  service: 'partnership',
  entities: [Municipality, Partnership, Agreement, EligibilityEvaluation, RuleProposal],
  migrations: [...messagingMigrations, ...migrations, ...rulesMigrations],
  constraints: {
    uq_municipality_register_key: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
    // A partner municipality is in a country we know, and not in Germany.
    fk_municipality_country: 'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    ck_municipality_german_register: 'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    ex_municipality_identifier: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
    uq_agreement_document: 'PARTNERSHIP_AGREEMENT_EXISTS',
  },
  loadReferenceData,
});
