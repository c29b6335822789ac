import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { createMunicipality, getMunicipality, listMunicipalities, type MunicipalityView } from '#contracts/partnership';
import { Database, Filters, type Ownership, type SortColumn, type Tx, visibleTo } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import {
  checkIdentifiers,
  Municipality,
  type NewIdentifier,
  officialKeyOf,
  registerIdentifiers,
  type RegisterFacts,
} from './municipality.entity';
import {
  madeMunicipalityView,
  municipalityRecordedMessage,
  type MunicipalityRow,
  municipalitySelect,
  municipalityView,
} from './municipality.messages';

/** A municipality user sees its own municipality and those it shares a partnership with. */
const OWNERSHIP: Ownership = {
  from: 'municipality m',
  id: 'm.id',
  bonds: {
    municipalityId: `(m.id = ? OR EXISTS (
      SELECT FROM partnership_participant mine JOIN partnership_participant theirs ON theirs.partnership_id = mine.partnership_id
      WHERE mine.municipality_id = ? AND theirs.municipality_id = m.id))`,
  },
};

const NAME: SortColumn = { key: 'name', column: 'm.name', type: 'text' };
const SORT: Readonly<Record<string, SortColumn>> = {
  name: NAME,
  country: { key: 'country', column: 'm.country::text', type: 'text' },
  createdAt: { key: 'createdAt', column: 'm.created_at', type: 'timestamptz' },
};

/** A municipality that is ready to be written. */
interface Prepared {
  readonly municipality: Municipality;
  readonly identifiers: readonly NewIdentifier[];
  readonly landName: string | null;
}

/** Records municipalities, the German ones from the official register, and finds them again. */
@Injectable()
export class MunicipalityService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @Handle(createMunicipality)
  create(request: RequestOf<typeof createMunicipality>, call: Call): Promise<MunicipalityView> {
    return this.commands.run(call, async (tx) => {
      const { municipality, identifiers, landName } = await this.prepare(tx, request);
      await refuseTaken(tx, identifiers);
      await tx.insert(municipality);
      await insertIdentifiers(tx, municipality.id, identifiers);
      const view = madeMunicipalityView(municipality, { identifiers, landName });
      this.outbox.append(tx, municipalityRecordedMessage(view));
      return view;
    });
  }

  @Handle(getMunicipality)
  async get({ municipalityId }: RequestOf<typeof getMunicipality>, call: Call): Promise<MunicipalityView> {
    const parameters: unknown[] = [municipalityId];
    const where = ['m.id = $1', ...visibleTo(call, OWNERSHIP, parameters)];
    const sql = `${municipalitySelect} WHERE ${where.join(' AND ')}`;
    // Every office reads by the same text; an own scope has one for each kind of caller.
    const [row] =
      where.length === 1
        ? await this.database.statement<MunicipalityRow>('municipality_get', sql, parameters)
        : await this.database.query<MunicipalityRow>(sql, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return municipalityView(row);
  }

  @Handle(listMunicipalities)
  list(request: RequestOf<typeof listMunicipalities>, call: Call): Promise<Page<MunicipalityView>> {
    const { limit, cursor, sort, q, identifier, ...filter } = request;
    const filters = new Filters()
      // The beginning of a local name by itself: two letters, as many Chinese names have, are too few for likeness.
      .add('(fold(?) <% m.search_name OR fold(?) % m.search_name OR fold(m.name_local) ^@ fold(?))', q)
      .add('m.side = ?', filter.side)
      .add('m.country = ANY (?)', filter.country)
      .add('m.kind = ANY (?)', filter.kind);
    if (identifier !== undefined) this.addIdentifier(filters, identifier);
    return this.database.page<MunicipalityRow, MunicipalityView>({
      select: municipalitySelect,
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(sort, q !== undefined),
      idColumn: 'm.id',
      limit,
      cursor,
      filterHash: { list: 'municipalities', q, identifier, ...filter },
      items: (rows) => rows.map(municipalityView),
    });
  }

  private addIdentifier(filters: Filters, identifier: string): void {
    const separator = Math.max(identifier.lastIndexOf(':'), 0);
    const named = [identifier.slice(0, separator), identifier.slice(separator + 1), this.clock.today()];
    filters.add(
      `EXISTS (SELECT FROM municipality_identifier i WHERE i.municipality_id = m.id AND i.scheme = (?::text[])[1]
         AND i.value = (?::text[])[2] AND daterange(i.valid_from, i.valid_to) @> ((?::text[])[3])::date)`,
      named,
    );
  }

  private async prepare(tx: Tx, request: RequestOf<typeof createMunicipality>): Promise<Prepared> {
    const creation = { id: request.id ?? newId(), at: this.clock.now() };
    if (request.side === 'PARTNER') {
      const municipality = Municipality.ofPartner(request, creation);
      checkIdentifiers(request.identifiers, municipality.country);
      return { municipality, identifiers: request.identifiers, landName: null };
    }
    const facts = await registerFacts(tx, officialKeyOf(request));
    const municipality = Municipality.fromRegister(facts, creation);
    checkIdentifiers(request.identifiers, municipality.country);
    const identifiers = [...registerIdentifiers(facts), ...request.identifiers];
    return { municipality, identifiers, landName: facts.landName };
  }
}

async function insertIdentifiers(tx: Tx, municipalityId: string, identifiers: readonly NewIdentifier[]): Promise<void> {
  if (identifiers.length === 0) return;
  await tx.query(
    `INSERT INTO municipality_identifier (municipality_id, scheme, value, valid_from, valid_to)
     SELECT $1, i.scheme, i.value, i."validFrom", i."validTo" FROM json_to_recordset($2::json)
       AS i (scheme text, value text, "validFrom" date, "validTo" date)`,
    [municipalityId, JSON.stringify(identifiers)],
  );
}

/** A city that is a district of its own has two keys in the register; both lead to the entry with the AGS. */
async function registerFacts(tx: Tx, officialKey: string): Promise<RegisterFacts> {
  const [facts] = await tx.query<RegisterFacts>(
    `SELECT e.key, e.kind, e.name, e.designation, e.land, e.regional_key, e.population, e.as_of,
       (SELECT l.name FROM register_land l WHERE l.key = e.land) AS land_name,
       (SELECT d.key FROM register_entry d WHERE d.same_as = e.key) AS own_district_key
     FROM register_entry asked JOIN register_entry e ON e.key = coalesce(asked.same_as, asked.key)
     WHERE asked.key = $1`,
    [officialKey],
  );
  if (!facts) throw new AppError('PARTNERSHIP_REGISTER_KEY_UNKNOWN', { officialKey });
  return facts;
}

/** Refuses identifiers of a recorded municipality, and names it; two who record the same at once meet the table's constraint. */
async function refuseTaken(tx: Tx, identifiers: readonly NewIdentifier[]): Promise<void> {
  if (identifiers.length === 0) return;
  const [taken] = await tx.query<{ municipalityId: string; scheme: string; value: string }>(
    `SELECT i.municipality_id, i.scheme, i.value FROM municipality_identifier i
     JOIN json_to_recordset($1::json) AS n (scheme text, value text, "validFrom" date, "validTo" date) USING (scheme, value)
     WHERE daterange(i.valid_from, i.valid_to) && daterange(n."validFrom", n."validTo") LIMIT 1`,
    [JSON.stringify(identifiers)],
  );
  if (taken) throw new AppError('PARTNERSHIP_MUNICIPALITY_EXISTS', taken);
}

function sortColumns(sort: readonly string[] | undefined, isSearch: boolean): SortColumn[] {
  if (!sort && isSearch) {
    // The very name first, then the likeness of words.
    const match =
      '(1000 * strict_word_similarity(fold($1), m.search_name) + 500 * (m.search_name = fold($1))::int4)::int4';
    return [{ key: 'match', column: match, type: 'int4', descending: true }, NAME];
  }
  return (sort ?? ['name']).map((term) => {
    const column = SORT[term.replace(/^-/, '')];
    if (!column) throw new AppError('PLATFORM_REQUEST_INVALID');
    return { ...column, descending: term.startsWith('-') };
  });
}
