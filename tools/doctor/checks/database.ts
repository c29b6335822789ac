import { migrationDrift, roleDrift, sqlState } from '#database';
import { DATA_SOURCES } from '../../data-sources';
import type { Check, Finding } from '../check';
import type { Installation } from '../installation';
import { reached } from './reached';

const MIGRATE =
  'Run the migration step (npm run migrate; docker compose run --rm migrate; npm start does it at its start).';
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

export const postgres: Check = {
  name: 'Postgres',
  page: 'deploy/runbooks/server-away.md',
  examine: (installation) =>
    reached(() => installation.reachDatabase(), 'Services wait for it, and nothing that was acknowledged is lost.'),
};

export const roles: Check = {
  name: 'database roles',
  page: 'deploy/runbooks/database-roles.md',
  examine: async (installation) => {
    const drift = await installation.read('public', roleDrift);
    const remedy = 'It was changed by hand: find out by whom. The page says for each case how it is put back.';
    return [...drift.map((fault) => ({ sentence: `${fault}.`, remedy })), ...(await refusedLogins(installation))];
  },
};

async function refusedLogins(installation: Installation): Promise<Finding[]> {
  const findings = installation.logins.map(async ({ role, password }) => {
    if (password === undefined) return [];
    const remedy = `The migration step gives the role its configured password again. ${MIGRATE}`;
    return reached(() => installation.logIn({ role, password }), remedy);
  });
  return (await Promise.all(findings)).flat();
}

export const migrations: Check = {
  name: 'migrations',
  page: 'deploy/runbooks/migrations.md',
  examine: async (installation) => {
    const found = await installation.readEach(async (reader, service) => {
      try {
        const { pending, foreign } = await migrationDrift(reader, DATA_SOURCES[service]);
        return [
          ...pending.map((name) => ({
            sentence: `The schema ${service} lacks the migration ${name}.`,
            remedy: MIGRATE,
          })),
          ...foreign.map((name) => ({
            sentence: `The schema ${service} has the migration ${name}, which this version does not know.`,
            remedy: 'A newer version was here. Run that one again; a schema does not go back.',
          })),
        ];
      } catch (error) {
        if (![UNDEFINED_TABLE, UNDEFINED_SCHEMA].includes(sqlState(error) ?? '')) throw error;
        return [{ sentence: `The schema ${service} was never migrated.`, remedy: MIGRATE }];
      }
    });
    return found.flatMap(([, findings]) => findings);
  },
};
