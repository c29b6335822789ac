import { createDataSource } from '#database';
import { Document } from '#documents';
import { messagingMigrations } from '#messaging';
import { migrations } from '../migrations';
import { RuleProposal, rulesMigrations } from '#rules';
import { EligibilityEvaluation } from './eligibility/eligibility-evaluation.entity';
import { PartnershipImport } from './imports/partnership-import.entity';
import { Municipality } from './municipalities/municipality.entity';
import { Agreement } from './partnerships/agreement.entity';
import { Partnership } from './partnerships/partnership.entity';
import { FundingSource } from './projects/funding-source.entity';
import { Project } from './projects/project.entity';
import { loadReferenceData } from './reference.data';
import { Indicator } from './results/indicator.entity';
import { ResultFigure } from './results/result-figure.entity';
import { ResultPeriod } from './results/result-period.entity';
import { Result } from './results/result.entity';

export const partnershipDataSource = createDataSource({
  service: 'partnership',
  entities: [
    Municipality,
    Partnership,
    Agreement,
    Document,
    EligibilityEvaluation,
    Project,
    FundingSource,
    Result,
    Indicator,
    ResultPeriod,
    ResultFigure,
    PartnershipImport,
    RuleProposal,
  ],
  migrations: [...messagingMigrations, ...migrations, ...rulesMigrations],
  constraints: {
    uq_municipality_register_key: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
    // A partner municipality is in a country we know, and not in Germany.
    fk_municipality_country: 'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    ck_municipality_german_register: 'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    ex_municipality_identifier: 'PARTNERSHIP_MUNICIPALITY_EXISTS',
    ck_gate_decision_separation: 'PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR',
    uq_gate_decision_reviewer: 'PARTNERSHIP_PROJECT_REVIEWER_REPEATED',
    pk_project_evidence_withdrawal: 'PARTNERSHIP_PROJECT_EVIDENCE_WITHDRAWN',
    uq_result_origin: 'PARTNERSHIP_RESULT_ORIGIN_INVALID',
    ex_result_period: 'PARTNERSHIP_RESULT_PERIOD_OVERLAPS',
    ck_result_figure_lock: 'PARTNERSHIP_RESULT_PERIOD_LOCKED',
    ck_result_period_locked: 'PARTNERSHIP_RESULT_PERIOD_LOCKED',
    ck_result_period_separation: 'PARTNERSHIP_RESULT_LOCKER_IS_AUTHOR',
    uq_agreement_document: 'PARTNERSHIP_AGREEMENT_EXISTS',
  },
  loadReferenceData,
});
