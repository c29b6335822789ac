import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SERVICES, type ServiceName } from '#contracts';

/** The role that owns a service's schema and migrates; nobody logs in as it. */
export const ownerRole = (service: ServiceName): string => `own_${service}`;
/** The role a service runs as: reads and writes rows, owns nothing. */
export const serviceRole = (service: ServiceName): string => `svc_${service}`;
/** Reads the audit trail of every service and nothing else. */
export const AUDIT_ROLE = 'ro_audit';

const EXTENSIONS = ['btree_gist', 'pg_trgm', 'unaccent', 'pgcrypto'];

export type RolePasswords = Partial<Record<ServiceName | typeof AUDIT_ROLE, string>>;

/** Makes roles, schemas, extensions and grants; may run any number of times. */
export async function bootstrap(admin: Client, passwords: RolePasswords): Promise<void> {
  await ensureRole(admin, AUDIT_ROLE, 'LOGIN', passwords[AUDIT_ROLE]);
  for (const service of SERVICES) {
    await ensureRole(admin, ownerRole(service), 'NOLOGIN', undefined);
    await ensureRole(admin, serviceRole(service), 'LOGIN', passwords[service]);
  }
  await closePublic(admin);
  await admin.query('CREATE SCHEMA IF NOT EXISTS extensions');
  await admin.query('GRANT USAGE ON SCHEMA extensions TO PUBLIC');
  for (const extension of EXTENSIONS) {
    await admin.query(`CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(extension)} SCHEMA extensions`);
  }
  for (const service of SERVICES) await ensureSchema(admin, service);
}

/** Nobody but our roles connects, and nobody makes objects in a schema that all can see. */
async function closePublic(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  const logins = [AUDIT_ROLE, ...SERVICES.map(serviceRole)].map(escapeIdentifier).join(', ');
  await admin.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${logins}`);
}

async function ensureSchema(admin: Client, service: ServiceName): Promise<void> {
  const schema = escapeIdentifier(service);
  const owner = escapeIdentifier(ownerRole(service));
  const runtime = escapeIdentifier(serviceRole(service));
  await admin.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${owner}`);
  await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${runtime}`);
  const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema}`;
  await admin.query(`${byDefault} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtime}`);
  await admin.query(`${byDefault} GRANT USAGE, SELECT ON SEQUENCES TO ${runtime}`);
}

async function ensureRole(admin: Client, role: string, login: string, password: string | undefined): Promise<void> {
  const name = escapeIdentifier(role);
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) {
    await admin.query(`CREATE ROLE ${name} ${login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION`);
  }
  if (password !== undefined && !(await accepts(admin, role, password))) {
    await admin.query(`ALTER ROLE ${name} PASSWORD ${escapeLiteral(scramVerifier(password))}`);
  }
  // An administrator who is not a superuser may make objects for a role only as its member.
  if (login === 'NOLOGIN') await admin.query(`GRANT ${name} TO CURRENT_USER`);
}

/** Whether the stored verifier already fits; only a superuser may look, anyone else sets the password again. */
async function accepts(admin: Client, role: string, password: string): Promise<boolean> {
  const { rows: allowed } = await admin.query<{ may: boolean }>(
    `SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT') AS may`,
  );
  if (!allowed[0]?.may) return false;
  const { rows } = await admin.query<{ verifier: string | null }>(
    'SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = $1',
    [role],
  );
  const verifier = rows[0]?.verifier;
  const salt = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(verifier ?? '')?.[1];
  return salt !== undefined && scramVerifier(password, Buffer.from(salt, 'base64')) === verifier;
}

/** RFC 5803 form of a password, computed here so that the password itself never reaches a statement or the server's log. */
function scramVerifier(password: string, salt = randomBytes(16)): string {
  const iterations = 4096;
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Why a process must not run as this role, if so: an owner or superuser passes every grant and every trigger by. */
export const ROLE_FAULT = `
  SELECT CASE
    WHEN r.rolsuper THEN 'it is a superuser'
    WHEN r.rolbypassrls THEN 'it has BYPASSRLS'
    WHEN r.rolcreaterole OR r.rolcreatedb THEN 'it may create roles or databases'
    WHEN EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = current_schema() AND pg_has_role(n.nspowner, 'MEMBER')) THEN 'it owns the schema'
    WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = current_schema() AND pg_has_role(c.relowner, 'MEMBER')) THEN 'it owns tables'
  END AS fault
  FROM pg_roles r WHERE r.rolname = current_user`;
