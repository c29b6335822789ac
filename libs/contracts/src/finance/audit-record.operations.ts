import { AUDIT_RECORD_OPERATIONS } from '../audit-record.operations';

export const listFinanceAuditRecords = AUDIT_RECORD_OPERATIONS.finance;
