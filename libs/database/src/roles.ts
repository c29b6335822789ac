import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SERVICES, type ServiceName } from '#contracts';

/** The role that owns a service's schema and migrates; nobody logs in as it. */
export const ownerRole = (service: ServiceName): string => `own_${service}`;
/** The role a service runs as: reads and writes rows, owns nothing. */
export const serviceRole = (service: ServiceName): string => `svc_${service}`;
/** Reads the audit trail of every service and nothing else. */
export const AUDIT_ROLE = 'ro_audit';

export const EXTENSIONS: readonly string[] = ['btree_gist', 'pg_trgm', 'unaccent', 'pgcrypto'];

export type RolePasswords = Partial<Record<ServiceName | typeof AUDIT_ROLE, string>>;

/** Makes roles, schemas, extensions and grants; may run any number of times. Says what it found otherwise than it had left it. */
export async function bootstrap(
  admin: Client,
  passwords: RolePasswords,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  await ensureLogin(admin, AUDIT_ROLE, { password: passwords[AUDIT_ROLE], log });
  for (const service of SERVICES) {
    await ensureOwner(admin, ownerRole(service));
    await ensureLogin(admin, serviceRole(service), { password: passwords[service], log });
  }
  await closePublic(admin);
  await closeOtherDatabases(admin, log);
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

/** Postgres lets every role into every database; the two that come with the server are closed, of others it is said. */
async function closeOtherDatabases(admin: Client, log: (line: string) => void): Promise<void> {
  const { rows } = await admin.query<{ name: string; mayClose: boolean }>(OPEN_TO_ALL);
  for (const { name, mayClose } of rows) {
    if (mayClose && SHIPPED_DATABASES.includes(name)) {
      await admin.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
    } else {
      log(`the services' roles may also connect to the database ${name}: revoke CONNECT on it from PUBLIC`);
    }
  }
}

export const SHIPPED_DATABASES: readonly string[] = ['postgres', 'template1'];
export const OPEN_TO_ALL = `
  SELECT d.datname AS name, pg_has_role(d.datdba, 'USAGE') AS may_close FROM pg_database d
  WHERE d.datallowconn AND d.datname <> current_database() AND EXISTS (
    SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')`;

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

async function ensureOwner(admin: Client, role: string): Promise<void> {
  await ensureRole(admin, role, 'NOLOGIN');
  // An administrator who is not a superuser may make objects for a role only as its member.
  await admin.query(`GRANT ${escapeIdentifier(role)} TO CURRENT_USER`);
}

/**
 * A role that logs in. Postgres lets any role change its own password and settings, and no grant prevents it: so whatever was
 * changed since is put back here, and said (ADR 16).
 */
async function ensureLogin(
  admin: Client,
  role: string,
  { password, log }: { password: string | undefined; log: (line: string) => void },
): Promise<void> {
  const isNew = await ensureRole(admin, role, 'LOGIN');
  if (password !== undefined) {
    const fits = await accepts(admin, role, password);
    if (fits === false && !isNew) log(`${role} had another password; it has the configured one again`);
    if (fits !== true) {
      await admin.query(`ALTER ROLE ${escapeIdentifier(role)} PASSWORD ${escapeLiteral(scramVerifier(password))}`);
    }
  }
  const { rows } = await admin.query<{ settings: string; database: string | null }>(OWN_SETTINGS, [role]);
  for (const { settings, database } of rows) {
    const within = database === null ? '' : `IN DATABASE ${escapeIdentifier(database)} `;
    await admin.query(`ALTER ROLE ${escapeIdentifier(role)} ${within}RESET ALL`);
    log(`${role} had settings of its own (${settings}); they are gone`);
  }
}

/** Those that hold for this database; what a role has in another one is not this step's. */
export const OWN_SETTINGS = `
  SELECT array_to_string(s.setconfig, ', ') AS settings, d.datname AS database
  FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
  WHERE s.setrole = (SELECT oid FROM pg_roles WHERE rolname = $1) AND (s.setdatabase = 0 OR d.datname = current_database())`;

/** Answers whether it had to be made. */
async function ensureRole(admin: Client, role: string, login: 'LOGIN' | 'NOLOGIN'): Promise<boolean> {
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount !== 0) return false;
  const rights = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION';
  await admin.query(`CREATE ROLE ${escapeIdentifier(role)} ${login} ${rights}`);
  return true;
}

/** Whether the stored verifier already fits; undefined where it cannot be seen: only a superuser may look. */
async function accepts(admin: Client, role: string, password: string): Promise<boolean | undefined> {
  const { rows: allowed } = await admin.query<{ may: boolean }>(
    `SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT') AS may`,
  );
  if (!allowed[0]?.may) return undefined;
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

/**
 * Selects why a process must not run as this role on this schema, if so: an owner or superuser passes every grant and every trigger
 * by. Both are SQL expressions.
 */
export const roleFault = (role: string, schema: string): string => `
  SELECT CASE
    WHEN r.rolsuper THEN 'it is a superuser'
    WHEN r.rolbypassrls THEN 'it has BYPASSRLS'
    WHEN r.rolcreaterole OR r.rolcreatedb THEN 'it may create roles or databases'
    WHEN EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = ${schema} AND pg_has_role(r.oid, n.nspowner, 'MEMBER')) THEN 'it owns the schema'
    WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ${schema} AND pg_has_role(r.oid, c.relowner, 'MEMBER')) THEN 'it owns tables'
    WHEN EXISTS (SELECT FROM pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase IN
                 (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())))
      THEN 'it has settings of its own, which a service''s role never has; somebody made them, and the migration step takes them away'
  END AS fault
  FROM pg_roles r WHERE r.rolname = ${role}`;
