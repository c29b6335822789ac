import { Injectable } from '@nestjs/common';
import { AppError, type FieldError, type Page, type RequestOf } from '#contracts';
import {
  type declareSuccession,
  listMunicipalityChanges,
  listSuccessions,
  type MunicipalityChangeView,
  type SuccessionView,
} from '#contracts/partnership';
import { Database, Filters, refuseForeign } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Municipality, registerIdentifiers } from './municipality.entity';
import { insertIdentifiers, knownIn, MUNICIPALITY_OWNERSHIP, refuseTaken, registerFacts } from './municipality.rows';

type Declaration = RequestOf<typeof declareSuccession>;

const SELECT = `
  SELECT s.id, s.kind, s.effective_on AS on, s.reason,
    (SELECT json_build_object('id', m.id, 'name', m.name) FROM municipality m WHERE m.id = s.municipality_id) AS municipality,
    (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY h.position), '[]')
     FROM municipality_succession_heir h JOIN municipality m ON m.id = h.successor_id WHERE h.succession_id = s.id) AS successors,
    s.name_before, s.name_after, s.key_before, s.key_after, s.declared_by, s.declared_at
  FROM municipality_succession s`;

const content = (said: string, kind: string) =>
  `json_build_object('name', ${said} -> 'name', 'nameLocal', ${said} -> 'nameLocal', 'nameLatin', ${said} -> 'nameLatin',
    'country', ${said} -> 'country', 'kind', ${kind} -> 'kind', 'population', ${said} -> 'population',
    'populationOn', ${said} -> 'populationOn', 'registerKey', ${said} -> 'registerKey', 'longitude', ${said} -> 'longitude',
    'latitude', ${said} -> 'latitude')`;
// After a succession `kind` says which one it was; what sort of municipality it is does not change by it.
const CHANGE = `
  SELECT c.sequence, c.kind, c.reason,
    CASE WHEN c.before IS NOT NULL THEN ${content('c.before', 'c.before')} END AS before,
    CASE WHEN c.before IS NOT NULL THEN ${content('c.after', "CASE c.kind WHEN 'SUCCEEDED' THEN c.before ELSE c.after END")} END AS after,
    CASE WHEN c.kind IN ('IDENTIFIER_ADDED', 'IDENTIFIER_ENDED') THEN json_build_object('scheme', c.after -> 'scheme',
      'value', c.after -> 'value', 'on', coalesce(c.after ->> 'on', c.after ->> 'validFrom')) END AS identifier,
    c.recorded_by, c.recorded_at
  FROM municipality_change c`;

type SuccessionRow = Omit<SuccessionView, 'declaredAt'> & { readonly declaredAt: Date };
type ChangeRow = Omit<MunicipalityChangeView, 'recordedAt'> & { readonly recordedAt: Date };

/** What became of municipalities: declared on a day with a reason, and never taken back but by another declaration. */
@Injectable()
export class SuccessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Changes the municipality as declared and answers whom it went into; the caller writes it. */
  async declare(municipality: Municipality, declaration: Declaration, { tx, call }: Act): Promise<readonly string[]> {
    const { kind, on, reason, successorIds } = declaration;
    checkShape(municipality, declaration, this.clock.today());
    const before = { name: municipality.name, key: municipality.registerKey };
    const isEnd = kind === 'MERGER' || kind === 'SPLIT';
    if (isEnd) await this.end(municipality, { on, successorIds }, { tx });
    else await this.goOn(municipality, declaration, { tx });
    const id = newId();
    await tx.query(
      `INSERT INTO municipality_succession (id, municipality_id, kind, effective_on, reason, name_before, name_after, key_before,
         key_after, declared_by, declared_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        municipality.id,
        kind,
        on,
        reason,
        before.name,
        municipality.name,
        before.key,
        isEnd ? null : municipality.registerKey,
        call.caller.subject,
        this.clock.now(),
      ],
    );
    await tx.query(
      `INSERT INTO municipality_succession_heir (succession_id, predecessor_id, successor_id, position)
       SELECT $1, $2, heir, position FROM unnest($3::uuid[]) WITH ORDINALITY AS listed (heir, position)`,
      [id, municipality.id, successorIds],
    );
    return successorIds;
  }

  @Handle(listSuccessions)
  async list(
    { municipalityId, limit, cursor }: RequestOf<typeof listSuccessions>,
    call: Call,
  ): Promise<Page<SuccessionView>> {
    await this.assertVisible(municipalityId, call);
    const filters = new Filters().add(
      `(s.municipality_id = ? OR EXISTS (SELECT FROM municipality_succession_heir h
         WHERE h.succession_id = s.id AND h.successor_id = ?))`,
      municipalityId,
    );
    return this.database.page<SuccessionRow, SuccessionView>({
      select: SELECT,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'on', column: 's.effective_on', type: 'date' }],
      idColumn: 's.id',
      limit,
      cursor,
      filterHash: { list: 'successions', municipalityId },
      items: (rows) => rows.map((row) => ({ ...row, declaredAt: row.declaredAt.toISOString() })),
    });
  }

  @Handle(listMunicipalityChanges)
  async changes(
    { municipalityId, limit, cursor }: RequestOf<typeof listMunicipalityChanges>,
    call: Call,
  ): Promise<Page<MunicipalityChangeView>> {
    await this.assertVisible(municipalityId, call);
    const filters = new Filters().add('c.municipality_id = ?', municipalityId);
    return this.database.page<ChangeRow, MunicipalityChangeView>({
      select: CHANGE,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'sequence', column: 'c.sequence', type: 'int4', descending: true }],
      idColumn: 'c.municipality_id',
      limit,
      cursor,
      filterHash: { list: 'municipality-changes', municipalityId },
      items: (rows) => rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
    });
  }

  private async assertVisible(municipalityId: string, call: Call): Promise<void> {
    await refuseForeign(this.database, call, { ownership: MUNICIPALITY_OWNERSHIP, id: municipalityId });
    if (call.scope === 'any') await this.database.findOrFail(Municipality, municipalityId);
  }

  private async end(
    municipality: Municipality,
    { on, successorIds }: Pick<Declaration, 'on' | 'successorIds'>,
    { tx }: Pick<Act, 'tx'>,
  ): Promise<void> {
    const found = await tx.query<{ id: string }>(
      'SELECT id FROM municipality WHERE id = ANY ($1::uuid[]) AND side = $2 AND ended_on IS NULL AND id <> $3 FOR SHARE',
      [successorIds, municipality.side, municipality.id],
    );
    if (found.length < successorIds.length)
      throw invalid([['successorIds', 'names another municipality of the same side each, recorded and not ended']]);
    municipality.end(on, this.clock.now());
    await endKeys(municipality, on, { tx, keep: [] });
  }

  private async goOn(
    municipality: Municipality,
    { on, names, officialKey }: Declaration,
    { tx }: Pick<Act, 'tx'>,
  ): Promise<void> {
    if (names) municipality.rename(names, this.clock.now());
    if (officialKey === undefined) return;
    const facts = knownIn(await registerFacts(tx, [officialKey]), officialKey);
    municipality.follow(facts, this.clock.now());
    if (names) municipality.rename(names, this.clock.now());
    const keys = registerIdentifiers({ ...facts, validFrom: on, former: [] });
    await endKeys(municipality, on, { tx, keep: keys.map(({ value }) => value) });
    await refuseTaken(tx, keys, municipality.id);
    const held = await tx.query<{ value: string }>(
      'SELECT value FROM municipality_identifier WHERE municipality_id = $1 AND valid_to IS NULL',
      [municipality.id],
    );
    const isHeld = new Set(held.map(({ value }) => value));
    const added = keys.filter(({ value }) => !isHeld.has(value));
    await insertIdentifiers(
      tx,
      added.map((key) => ({ ...key, municipalityId: municipality.id })),
    );
  }
}

/** Official German keys; an end takes them all, and what others gave ends with the body that they named. */
async function endKeys(
  { id, endedOn }: Municipality,
  on: string,
  { tx, keep }: { readonly tx: Act['tx']; readonly keep: readonly string[] },
): Promise<void> {
  await tx.query(
    `UPDATE municipality_identifier SET valid_to = $2
     WHERE municipality_id = $1 AND valid_to IS NULL AND coalesce(valid_from, '-infinity') < $2
       AND ($3 OR scheme LIKE 'org:de:%') AND value <> ALL ($4::text[])`,
    [id, on, endedOn !== null, keep],
  );
}

function checkShape(
  { side }: Municipality,
  { kind, on, successorIds, officialKey, names }: Declaration,
  today: string,
): void {
  const faults: [field: string, detail: string][] = [];
  if (on > today) faults.push(['on', 'must not be in the future']);
  const counts = {
    MERGER: [1, 1],
    SPLIT: [2, Infinity],
    RENAMING: [0, 0],
    RENUMBERING: [0, 0],
    DISTRICT_CHANGE: [0, 0],
  };
  const [least = 0, most = 0] = counts[kind];
  const count = new Set(successorIds).size;
  if (count < least || count > most || count < successorIds.length)
    faults.push(['successorIds', SUCCESSORS[kind] ?? 'is for a merger or a split only']);
  const isEnd = kind === 'MERGER' || kind === 'SPLIT';
  if (officialKey !== undefined && (isEnd || side !== 'DE')) faults.push(['officialKey', 'is not for this']);
  if (officialKey === undefined && side !== 'DE' && kind !== 'RENAMING' && !isEnd)
    faults.push(['kind', 'is for the German side only']);
  if (officialKey === undefined && side === 'DE' && (kind === 'RENUMBERING' || kind === 'DISTRICT_CHANGE'))
    faults.push(['officialKey', 'is needed']);
  if (names !== undefined && kind !== 'RENAMING') faults.push(['names', 'is for a renaming only']);
  if (kind === 'RENAMING' && names === undefined && officialKey === undefined) faults.push(['names', 'is needed']);
  if (faults.length > 0) throw invalid(faults);
}

const SUCCESSORS: Readonly<Record<string, string>> = {
  MERGER: 'names one successor',
  SPLIT: 'names at least two successors, each once',
};

function invalid(faults: readonly (readonly [field: string, detail: string])[]): AppError {
  const code = 'PARTNERSHIP_SUCCESSION_INVALID';
  const errors: FieldError[] = faults.map(([field, detail]) => ({ pointer: `#/${field}`, code, detail }));
  return new AppError(code, undefined, { errors });
}
