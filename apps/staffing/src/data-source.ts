import { createDataSource } from '#database';
import { messagingMigrations } from '#messaging';
import { migrations } from '../migrations';
import { loadRules, RuleProposal, rulesMigrations } from '#rules';
import { Assignment } from './assignments/assignment.entity';
import { ExpertRequest } from './expert-requests/expert-request.entity';
import { Expert } from './experts/expert.entity';
import { Report } from './reports/report.entity';
import { STAFFING_RULE_FILES } from './rule-files';

/** The staffing schema: the process, the migration step and the tests open it from here. */
export const staffingDataSource = createDataSource({
  service: 'staffing',
  entities: [ExpertRequest, Expert, Assignment, Report, RuleProposal],
  migrations: [...messagingMigrations, ...migrations, ...rulesMigrations],
  loadReferenceData: (tx) => loadRules(tx, 'staffing', STAFFING_RULE_FILES),
  constraints: {
    ex_assignment_expert_full_time: 'STAFFING_EXPERT_NOT_AVAILABLE',
    ex_assignment_expert_share: 'STAFFING_EXPERT_NOT_AVAILABLE',
    ck_assignment_experts_of_request: 'STAFFING_EXPERT_REQUEST_EXPERTS_REACHED',
    pk_expert_request_signature: 'STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED',
    uq_expert_request_assessment_reviewer: 'STAFFING_ASSESSMENT_REVIEWER_REPEATED',
    ck_expert_request_assessment_four_eyes: 'STAFFING_ASSESSMENT_REVIEWER_SIGNED',
    ck_expert_request_reviewer_drafted: 'STAFFING_ASSESSMENT_REVIEWER_DRAFTED',
    ck_expert_request_reviewer_checked: 'STAFFING_ASSESSMENT_REVIEWER_CHECKED',
    ck_expert_request_recommended_by_reviewer: 'STAFFING_RECOMMENDATION_BY_REVIEWER',
    ck_expert_request_selected_by_reviewer: 'STAFFING_SELECTION_BY_REVIEWER',
    ck_expert_request_four_eyes: 'STAFFING_SELECTION_FOUR_EYES',
    ck_report_immutable: 'STAFFING_REPORT_TRANSITION_NOT_ALLOWED',
  },
});
