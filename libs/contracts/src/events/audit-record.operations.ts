import { AUDIT_RECORD_OPERATIONS } from '../audit-record.operations';

export const listEventsAuditRecords = AUDIT_RECORD_OPERATIONS.events;
