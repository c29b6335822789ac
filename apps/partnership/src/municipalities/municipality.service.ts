import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { createMunicipality, getMunicipality, listMunicipalities, type MunicipalityView } from '#contracts/partnership';
import { Database, Filters, type SortColumn, type Tx, visibleTo } from '#database';
import { type Act, Commands, Outbox } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { editionOf } from '../edition';
import {
  checkIdentifiers,
  Municipality,
  type NewIdentifier,
  type NewMunicipality as Creating,
  officialKeyOf,
  type RegisterFacts,
  registerIdentifiers,
} from './municipality.entity';
import {
  insertIdentifiers,
  keepChange,
  knownIn,
  MUNICIPALITY_OWNERSHIP,
  placeFacts,
  placeRefusal,
  refuseDuplicate,
  refuseTaken,
  registerFacts,
} from './municipality.rows';
import {
  madeMunicipalityView,
  municipalityRecordedMessage,
  type MunicipalityRow,
  municipalitySelect,
  municipalityView,
} from './municipality.messages';
import { identifiersIn } from './written-identifier';

const PLACES_AS_OF = editionOf('places').asOf;

const NAME: SortColumn = { key: 'name', column: 'm.name', type: 'text' };
const SORT: Readonly<Record<string, SortColumn>> = {
  name: NAME,
  country: { key: 'country', column: 'm.country::text', type: 'text' },
  createdAt: { key: 'createdAt', column: 'm.created_at', type: 'timestamptz' },
};

/** A municipality that is ready to be written. */
interface Prepared {
  readonly request: Creating;
  readonly municipality: Municipality;
  readonly identifiers: readonly NewIdentifier[];
  readonly landName: string | null;
}

interface Creation {
  readonly id: string;
  readonly at: Date;
}

interface Ground {
  readonly creation: Creation;
  readonly register: ReadonlyMap<string, RegisterFacts>;
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
  create(request: Creating, call: Call): Promise<MunicipalityView> {
    return this.commands.run(call, async (tx) => {
      const prepared = await this.prepareAll(tx, [request]);
      for (const each of prepared) if (isUndecided(each)) await refuseDuplicate(tx, each.municipality);
      const [view] = await this.insertAll(prepared, { tx, call });
      assert(view, 'a municipality that was just written is gone');
      return view;
    });
  }

  /**
   * Records municipalities in the transaction of the caller, all or none; answers them in their order. The caller has compared them
   * with those that are recorded, and shown who asked what they are like.
   */
  async recordAll(requests: readonly Creating[], { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<MunicipalityView[]> {
    return this.insertAll(await this.prepareAll(tx, requests), { tx, call });
  }

  private async insertAll(
    prepared: readonly Prepared[],
    { tx, call }: Pick<Act, 'tx' | 'call'>,
  ): Promise<MunicipalityView[]> {
    const identifiers = prepared.flatMap(({ municipality: { id }, identifiers: given }) =>
      given.map((identifier) => ({ ...identifier, municipalityId: id })),
    );
    await tx.insertAll(prepared.map(({ municipality }) => municipality));
    await insertIdentifiers(tx, identifiers);
    for (const { municipality, request } of prepared) {
      const told = { municipalityId: municipality.id, by: call.caller.subject, at: municipality.createdAt };
      const { associationReason, duplicateReason } = request;
      if (associationReason !== undefined)
        await keepChange(tx, { ...told, kind: 'ASSOCIATION_RECORDED', reason: associationReason });
      if (isTyped(municipality) && duplicateReason !== undefined)
        await keepChange(tx, { ...told, kind: 'DUPLICATE_OVERRIDDEN', reason: duplicateReason });
    }
    return prepared.map(({ municipality, ...rest }) => {
      const view = madeMunicipalityView(municipality, rest);
      this.outbox.append(tx, municipalityRecordedMessage(view));
      return view;
    });
  }

  @Handle(getMunicipality)
  async get({ municipalityId }: RequestOf<typeof getMunicipality>, call: Call): Promise<MunicipalityView> {
    const parameters: unknown[] = [municipalityId];
    const where = ['m.id = $1', ...visibleTo(call, MUNICIPALITY_OWNERSHIP, parameters)];
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
    const named = q === undefined ? [] : identifiersIn(q);
    const filters = new Filters()
      // The beginning of a local name by itself: two letters, as many Chinese names have, are too few for likeness.
      .add(
        '(fold(?) <% m.search_name OR fold(?) % m.search_name OR fold(m.name_local) ^@ fold(?))',
        named.length > 0 ? undefined : q,
      )
      .add('m.side = ?', filter.side)
      .add('m.country = ANY (?)', filter.country)
      .add('m.kind = ANY (?)', filter.kind);
    if (identifier !== undefined) this.addIdentifiers(filters, [identifier]);
    if (named.length > 0) this.addIdentifiers(filters, named);
    return this.database.page<MunicipalityRow, MunicipalityView>({
      select: municipalitySelect,
      where: [...filters.conditions, ...visibleTo(call, MUNICIPALITY_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(sort, q !== undefined),
      idColumn: 'm.id',
      limit,
      cursor,
      filterHash: { list: 'municipalities', q, identifier, ...filter },
      items: (rows) => rows.map(municipalityView),
    });
  }

  /** Whoever bears it today; or what its last bearer has become, so that an old key and the new one find the same. */
  private addIdentifiers(filters: Filters, identifiers: readonly string[]): void {
    const named = identifiers.map((identifier) => {
      const separator = Math.max(identifier.lastIndexOf(':'), 0);
      return { scheme: identifier.slice(0, separator), value: identifier.slice(separator + 1), on: this.clock.today() };
    });
    filters.add(
      `m.ended_on IS NULL AND m.id IN (SELECT line.id
         FROM json_to_recordset(?::json) AS named (scheme text, value text, "on" date), LATERAL (
           SELECT i.municipality_id FROM municipality_identifier i
           WHERE i.scheme = named.scheme AND i.value = named.value AND coalesce(i.valid_from, '-infinity') <= named."on"
           ORDER BY coalesce(i.valid_to, 'infinity') DESC LIMIT 1) bearer, municipality_line(bearer.municipality_id) line)`,
      JSON.stringify(named),
    );
  }

  private async prepareAll(tx: Tx, requests: readonly Creating[]): Promise<Prepared[]> {
    const at = this.clock.now();
    const register = await registerFacts(tx, requests.filter(isInRegister).map(officialKeyOf));
    const prepared: Prepared[] = [];
    for (const request of requests) {
      const creation = { id: request.id ?? newId(), at };
      prepared.push({ request, ...(await this.prepare(tx, request, { creation, register })) });
    }
    await refuseTaken(
      tx,
      prepared.flatMap(({ identifiers }) => identifiers),
    );
    return prepared;
  }

  private async prepare(tx: Tx, request: Creating, { creation, register }: Ground): Promise<Omit<Prepared, 'request'>> {
    if (request.side === 'PARTNER') return this.preparePartner(tx, request, creation);
    if (request.kind === 'ASSOCIATION') {
      const municipality = Municipality.ofAssociation(request, creation);
      checkIdentifiers(request.identifiers, municipality);
      const [land] = await tx.query<{ name: string }>('SELECT name FROM register_land WHERE key = $1', [
        municipality.land,
      ]);
      return { municipality, identifiers: request.identifiers, landName: land?.name ?? null };
    }
    const facts = knownIn(register, officialKeyOf(request));
    const municipality = Municipality.fromRegister(facts, creation);
    checkIdentifiers(request.identifiers, municipality);
    const identifiers = [...registerIdentifiers(facts), ...request.identifiers];
    return { municipality, identifiers, landName: facts.landName };
  }

  private async preparePartner(tx: Tx, request: Creating, creation: Creation): Promise<Omit<Prepared, 'request'>> {
    const filled = request.geonamesId === undefined ? request : await fromPlace(tx, request, request.geonamesId);
    const municipality = Municipality.ofPartner(filled, creation);
    checkIdentifiers(filled.identifiers, municipality);
    return { municipality, identifiers: filled.identifiers, landName: null };
  }
}

/** Everything German but associations. */
function isInRegister({ side, kind }: Creating): boolean {
  return side === 'DE' && kind !== 'ASSOCIATION';
}

/** Not from the register, where each is once. */
function isTyped({ registerKey }: Municipality): boolean {
  return registerKey === null;
}

function isUndecided({ municipality, request }: Prepared): boolean {
  return isTyped(municipality) && request.duplicateReason === undefined;
}

/** The place gives what was left out, and its identifier; what was typed stands above it. */
async function fromPlace(tx: Tx, request: Creating, geonamesId: string): Promise<Creating> {
  const place = await placeFacts(tx, geonamesId);
  if (request.country !== undefined && request.country !== place.country)
    throw placeRefusal('country', `is not where the place lies: ${place.country}`);
  const isKnown = request.population === undefined && place.population !== null;
  return {
    ...request,
    names: request.names ?? { official: place.name, local: place.localName, latin: null },
    country: place.country,
    position: request.position ?? { longitude: place.longitude, latitude: place.latitude },
    ...(isKnown && { population: place.population ?? 0, populationOn: PLACES_AS_OF }),
    identifiers: [
      { scheme: 'geonames', value: geonamesId, validFrom: null, validTo: null },
      ...request.identifiers.filter(({ scheme, value }) => scheme !== 'geonames' || value !== geonamesId),
    ],
  };
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
