export { type AuditClass, auditClassOf, AuditFields } from './audit-fields';
export { giveCaseNumbers, type NumberedTable, takeCaseNumbers } from './case-numbers';
export { bigintColumn } from './column-types';
export {
  connectionExtras,
  type ConnectionSettings,
  createDataSource,
  type DatabaseConfig,
  databaseConfigSchema,
  type DataSourceDeclaration,
  type DataSourceFactory,
} from './data-source';
export { Database, type Queries } from './database';
export { DatabaseModule, openDatabase } from './database.module';
export type { Columns, EntityClass } from './entity-class';
export { entityColumns } from './entity-columns';
export type { FieldChange, ObjectChange } from './entity-changes';
export { Filters } from './filters';
export { jsonOf, jsonText } from './json-text';
export { migrate, type MigrateOptions } from './migrate';
export { type MigrationDrift, migrationDrift } from './migration-drift';
export { isForeign, type Ownership, refuseForeign, visibleTo } from './ownership';
export { type JsonRow, PAGE_BYTES_MAX, type PageOptions, type SortColumn, withinPage } from './page';
export { PostgresClient } from './postgres-client';
export { roleDrift } from './role-drift';
export { AUDIT_ROLE, ownerRole, type RolePasswords, serviceRole } from './roles';
export { RowsById } from './rows-by-id';
export { type ConstraintCodes, isConnectionLost, isDatabaseAway, sqlState, violatedConstraint } from './sql-error';
export { States, type StateTable, type Transition, transition } from './transitions';
export { Tx } from './transaction';
