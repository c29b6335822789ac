import { AUDIT_RECORD_OPERATIONS } from '../audit-record.operations';

export const listPartnershipAuditRecords = AUDIT_RECORD_OPERATIONS.partnership;
