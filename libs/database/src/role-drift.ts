import { SERVICES, type ServiceName } from '#contracts';
import type { Queries } from './database';
import {
  AUDIT_ROLE,
  EXTENSIONS,
  OPEN_TO_ALL,
  ownerRole,
  OWN_SETTINGS,
  roleFault,
  serviceRole,
  SHIPPED_DATABASES,
} from './roles';

type Reader = Pick<Queries, 'query'>;

/**
 * How roles, schemas and grants differ from what the migration step leaves, one sentence each. Reads only, as the administrator of
 * that step; an empty list says that a further run would change nothing.
 */
export async function roleDrift(admin: Reader): Promise<string[]> {
  const faults = [...(await serverDrift(admin)), ...(await settingsOf(admin, AUDIT_ROLE))];
  const known = await admin.query<{ name: string }>('SELECT rolname AS name FROM pg_roles');
  const lacks = (role: string) => !known.some(({ name }) => name === role);
  for (const role of [AUDIT_ROLE, ...SERVICES.flatMap((service) => [ownerRole(service), serviceRole(service)])])
    if (lacks(role)) faults.push(`the role ${role} is missing`);
  for (const service of SERVICES) {
    if (lacks(serviceRole(service)) || lacks(ownerRole(service))) continue;
    faults.push(...(await serviceDrift(admin, service)));
  }
  return faults;
}

async function serverDrift(admin: Reader): Promise<string[]> {
  const extensions = await admin.query<{ name: string }>('SELECT extname AS name FROM pg_extension');
  const open = await admin.query<{ name: string; mayClose: boolean }>(OPEN_TO_ALL);
  return [
    ...EXTENSIONS.filter((wanted) => !extensions.some(({ name }) => name === wanted)).map(
      (name) => `the extension ${name} is missing`,
    ),
    ...open
      .filter(({ name, mayClose }) => mayClose && SHIPPED_DATABASES.includes(name))
      .map(({ name }) => `every role may connect to the database ${name}`),
  ];
}

async function serviceDrift(admin: Reader, service: ServiceName): Promise<string[]> {
  const role = serviceRole(service);
  const [schema] = await admin.query<object>('SELECT FROM pg_namespace WHERE nspname = $1', [service]);
  if (!schema) return [`the schema ${service} is missing`];
  const [row] = await admin.query<{ fault: string | null }>(roleFault('$1', '$2'), [role, service]);
  // A superuser may do everything: naming each right would hide that one word.
  if (row?.fault) return [`${role}: ${row.fault}`];
  const rights = await admin.query<{ fault: string }>(RIGHTS, [role, service, SERVICES, ownerRole(service)]);
  return rights.map(({ fault }) => fault);
}

async function settingsOf(admin: Reader, role: string): Promise<string[]> {
  const rows = await admin.query<object>(OWN_SETTINGS, [role]);
  return rows.length > 0 ? [`${role}: it has settings of its own, which it never has`] : [];
}

// A trigger's type is a set of bits: 8 DELETE, 16 UPDATE, 32 TRUNCATE.
const RIGHTS = `
  WITH tables AS (
    SELECT c.oid, c.relowner, format('%I.%I', $2::text, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $2 AND c.relkind IN ('r', 'p')
  ), append_only AS (
    SELECT t.oid, t.name, g.tgtype, g.tgenabled FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid
    WHERE NOT g.tgisinternal AND g.tgname LIKE '%\\_append\\_only'
  )
  SELECT format('%s may not use the schema %s', $1::text, $2::text) AS fault WHERE NOT has_schema_privilege($1, $2, 'USAGE')
  UNION ALL SELECT format('%s may make objects in the schema %s', $1::text, nspname) FROM pg_namespace
    WHERE nspname IN ($2, 'public') AND has_schema_privilege($1, oid, 'CREATE')
  UNION ALL SELECT format('%s may look into the schema %s', $1::text, nspname) FROM pg_namespace
    WHERE nspname = ANY ($3::text[]) AND nspname <> $2 AND has_schema_privilege($1, oid, 'USAGE')
  UNION ALL SELECT format('%s may not read %s', $1::text, string_agg(name, ', ' ORDER BY name)) FROM tables
    WHERE NOT has_table_privilege($1, oid, 'SELECT') HAVING count(*) > 0
  UNION ALL SELECT format('%s belongs to %s and not to %s', name, pg_get_userbyid(relowner), $4::text) FROM tables
    WHERE pg_get_userbyid(relowner) <> $4
  UNION ALL SELECT format('%s may change %s, to which records are only added', $1::text, string_agg(name, ', ' ORDER BY name))
    FROM append_only WHERE (tgtype & 16 <> 0 AND has_table_privilege($1, oid, 'UPDATE'))
      OR (tgtype & 8 <> 0 AND has_table_privilege($1, oid, 'DELETE'))
      OR (tgtype & 32 <> 0 AND has_table_privilege($1, oid, 'TRUNCATE')) HAVING count(*) > 0
  UNION ALL SELECT format('the trigger that keeps %s from changes is off', name) FROM append_only WHERE tgenabled = 'D'`;
