import type { Type } from '@nestjs/common';
import { Controller } from '@nestjs/common';
import {
  AUDIT_RECORD_OPERATIONS,
  type AuditRecordOperation,
  type ReplyOf,
  type RequestOf,
  type ServiceName,
} from '#contracts';
import { Database } from '#database';
import { type Call, Handle } from '#platform';
import { readAuditRecords } from './audit-records';

/** Answers for a service's part of the audit trail; every service has one. */
export function auditRecordController(service: ServiceName): Type {
  @Controller()
  class AuditRecordController {
    constructor(private readonly database: Database) {}

    @Handle(AUDIT_RECORD_OPERATIONS[service])
    list(request: RequestOf<AuditRecordOperation>, call: Call): Promise<ReplyOf<AuditRecordOperation>> {
      return readAuditRecords(this.database, service, request, call);
    }
  }
  return AuditRecordController;
}
