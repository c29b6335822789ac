import { AUDIT_RECORD_OPERATIONS } from '../audit-record.operations';

export const listStaffingAuditRecords = AUDIT_RECORD_OPERATIONS.staffing;
