import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type ErrorCode, type FieldError, type RequestOf } from '#contracts';
import type { MunicipalityKind, RegisterKind, Side } from '#contracts/partnership';
import type { correctMunicipality, createMunicipality } from '#contracts/partnership';
import { AuditFields } from '#database';

/** A row of the official register, as far as a municipality takes it over. */
export interface RegisterFacts {
  readonly landName: string;
  readonly key: string;
  readonly kind: RegisterKind;
  readonly name: string;
  readonly designation: string;
  readonly land: string;
  readonly regionalKey: string | null;
  /** District key of a city that is a district of its own. */
  readonly ownDistrictKey: string | null;
  readonly population: number;
  readonly asOf: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Day on which the key was given; null when before the edition. */
  readonly validFrom: string | null;
  /** Keys that the same body had before. */
  readonly former: readonly FormerKeys[];
}

interface FormerKeys {
  readonly key: string;
  readonly regionalKey: string | null;
  readonly ownDistrictKey: string | null;
  readonly validTo: string;
}

/** A row of the places file, as far as a municipality takes it over. */
export interface PlaceFacts {
  readonly name: string;
  readonly localName: string | null;
  readonly country: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly population: number | null;
}

export type NewMunicipality = RequestOf<typeof createMunicipality>;
export type NewIdentifier = NewMunicipality['identifiers'][number];

export type Correction = Omit<RequestOf<typeof correctMunicipality>, 'municipalityId' | 'reason'>;

interface Creation {
  readonly id: string;
  readonly at: Date;
}

/**
 * A town, municipality, district or association on either side. A German one is what the official register says, never typed by
 * hand; a partner one carries its names as given. Source: docs/domain.md#municipalities.
 */
@AuditFields<Municipality>({ open: ['side', 'kind', 'registerKey', 'land', 'endedOn'] })
@Entity({ name: 'municipality' })
export class Municipality {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('text') readonly side!: Side;
  @Column('text') kind!: MunicipalityKind;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) nameLocal!: string | null;
  @Column('text', { nullable: true }) nameLatin!: string | null;
  @Column('char', { length: 2 }) country!: string;
  @Column('text', { nullable: true }) registerKey!: string | null;
  @Column('char', { length: 2, nullable: true }) land!: string | null;
  @Column('text', { nullable: true }) designation!: string | null;
  @Column('int', { nullable: true }) population!: number | null;
  @Column('date', { nullable: true }) populationOn!: string | null;
  @Column('float8', { nullable: true }) longitude!: number | null;
  @Column('float8', { nullable: true }) latitude!: number | null;
  /** Since when it is another one, by merger or split. */
  @Column('date', { nullable: true }) endedOn!: string | null;
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;

  static fromRegister(facts: RegisterFacts, { id, at }: Creation): Municipality {
    if (facts.kind === 'UNINCORPORATED_AREA') {
      throw new AppError('PARTNERSHIP_REGISTER_ENTRY_UNINCORPORATED', { officialKey: facts.key });
    }
    return Object.assign(new Municipality(), {
      id,
      side: 'DE' as const,
      kind: facts.kind,
      name: facts.name,
      nameLocal: null,
      nameLatin: null,
      country: 'DE',
      registerKey: facts.key,
      land: facts.land,
      designation: facts.designation,
      population: facts.population,
      populationOn: facts.asOf,
      longitude: facts.longitude,
      latitude: facts.latitude,
      endedOn: null,
      createdAt: at,
      updatedAt: at,
    });
  }

  /** Refuses with a pointer to each member that is missing. The country is checked by the service. */
  static ofPartner(
    { names, country, kind, population, populationOn, position }: NewMunicipality,
    { id, at }: Creation,
  ): Municipality {
    if (!names || !country || !kind) {
      throw refusal(
        'PARTNERSHIP_MUNICIPALITY_INCOMPLETE',
        'is needed on the partner side',
        { names, country, kind },
        isMissing,
      );
    }
    return Object.assign(new Municipality(), {
      id,
      side: 'PARTNER' as const,
      kind,
      name: names.official,
      nameLocal: names.local,
      nameLatin: names.latin,
      country,
      registerKey: null,
      land: null,
      designation: null,
      population: population ?? null,
      populationOn: populationOn ?? null,
      longitude: position?.longitude ?? null,
      latitude: position?.latitude ?? null,
      endedOn: null,
      createdAt: at,
      updatedAt: at,
    });
  }

  /** A Kommunalverband stands in no register of municipalities: it is typed, with what it is founded on. */
  static ofAssociation(
    { names, land, associationReason, population, populationOn, position }: NewMunicipality,
    { id, at }: Creation,
  ) {
    if (!names || !land || !associationReason) {
      throw refusal(
        'PARTNERSHIP_MUNICIPALITY_INCOMPLETE',
        'is needed of a German association',
        { names, land, associationReason },
        isMissing,
      );
    }
    return Object.assign(new Municipality(), {
      id,
      side: 'DE' as const,
      kind: 'ASSOCIATION' as const,
      name: names.official,
      nameLocal: names.local,
      nameLatin: names.latin,
      country: 'DE',
      registerKey: null,
      land,
      designation: 'Kommunalverband',
      population: population ?? null,
      populationOn: populationOn ?? null,
      longitude: position?.longitude ?? null,
      latitude: position?.latitude ?? null,
      endedOn: null,
      createdAt: at,
      updatedAt: at,
    });
  }

  assertCurrent(): void {
    if (this.endedOn !== null) throw new AppError('PARTNERSHIP_MUNICIPALITY_ENDED', { endedOn: this.endedOn });
  }

  /** What the register says is corrected by the register alone. */
  assertCorrectable(): void {
    this.assertCurrent();
    if (this.registerKey !== null) throw new AppError('PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY');
  }

  /** What is left out stays. */
  correct({ names, country, kind, population, populationOn, position }: Correction, at: Date): void {
    this.assertCorrectable();
    if (this.side === 'DE' && (country !== undefined || kind !== undefined)) {
      const typed = { country, kind };
      throw refusal(
        'PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY',
        'does not change on the German side',
        typed,
        isGiven,
      );
    }
    if (names) this.bear(names);
    this.country = country ?? this.country;
    this.kind = kind ?? this.kind;
    this.population = population ?? this.population;
    this.populationOn = populationOn ?? this.populationOn;
    this.longitude = position?.longitude ?? this.longitude;
    this.latitude = position?.latitude ?? this.latitude;
    this.updatedAt = at;
  }

  /** Goes on under what the register says of it now. */
  follow(facts: RegisterFacts, at: Date): void {
    this.assertCurrent();
    Object.assign(this, { registerKey: facts.key, name: facts.name, designation: facts.designation, land: facts.land });
    this.updatedAt = at;
  }

  rename(names: NonNullable<NewMunicipality['names']>, at: Date): void {
    this.assertCurrent();
    this.bear(names);
    this.updatedAt = at;
  }

  end(on: string, at: Date): void {
    this.assertCurrent();
    this.endedOn = on;
    this.updatedAt = at;
  }

  private bear(names: NonNullable<NewMunicipality['names']>): void {
    this.name = names.official;
    this.nameLocal = names.local;
    this.nameLatin = names.latin;
  }
}

/** The register key that a request for a German municipality names; everything else about it comes from the register. */
export function officialKeyOf(request: NewMunicipality): string {
  const { officialKey, names, country, kind, population, populationOn, geonamesId, position, land, associationReason } =
    request;
  if (!officialKey)
    throw refusal('PARTNERSHIP_MUNICIPALITY_INCOMPLETE', 'is needed on the German side', { officialKey }, isMissing);
  const typed = { names, country, kind, population, populationOn, geonamesId, position, land, associationReason };
  const refused = refusal('PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY', 'comes from the register', typed, isGiven);
  if (refused.errors && refused.errors.length > 0) throw refused;
  return officialKey;
}

/** The keys that the register itself gives a German municipality, and those that it gave it before. */
export function registerIdentifiers({ former, validFrom, ...keys }: RegisterFacts): NewIdentifier[] {
  const now = keysOf(keys, { validFrom, validTo: null });
  return [...now, ...former.flatMap(({ validTo, ...before }) => keysOf(before, { validFrom: null, validTo }))];
}

function keysOf(
  { key, regionalKey, ownDistrictKey }: Omit<FormerKeys, 'validTo'>,
  period: Pick<NewIdentifier, 'validFrom' | 'validTo'>,
): NewIdentifier[] {
  const identifiers: NewIdentifier[] = [
    { scheme: key.length === 8 ? 'org:de:ags' : 'org:de:kreis', value: key, ...period },
  ];
  if (regionalKey) identifiers.push({ scheme: 'org:de:ars', value: regionalKey, ...period });
  if (ownDistrictKey) identifiers.push({ scheme: 'org:de:kreis', value: ownDistrictKey, ...period });
  return identifiers;
}

/** Refuses typed official keys, a UN/LOCODE of another country, and one identifier named twice. */
export function checkIdentifiers(
  identifiers: readonly NewIdentifier[],
  { country }: Pick<Municipality, 'country'>,
): void {
  const errors: FieldError[] = [];
  identifiers.forEach(({ scheme, value }, index) => {
    const isOfficial = scheme.startsWith('org:de:');
    const detail = isOfficial
      ? 'comes from the register of the German side only'
      : locodeFault({ scheme, value }, country);
    const isRepeated = identifiers.findIndex((it) => it.scheme === scheme && it.value === value) < index;
    if (!detail && !isRepeated) return;
    errors.push({
      pointer: `#/identifiers/${index}/value`,
      code: 'PARTNERSHIP_IDENTIFIER_INVALID',
      detail: detail ?? 'is named twice',
    });
  });
  if (errors.length > 0) throw new AppError('PARTNERSHIP_IDENTIFIER_INVALID', undefined, { errors });
}

/** The same for one that is added afterwards: on the German side official keys of other days are recorded with their reason. */
export function checkAdded({ scheme, value }: NewIdentifier, { side, country }: Municipality): void {
  const isForeign = scheme.startsWith('org:de:') && side !== 'DE';
  const detail = isForeign ? 'belongs to the German side only' : locodeFault({ scheme, value }, country);
  if (detail === undefined) return;
  const code = 'PARTNERSHIP_IDENTIFIER_INVALID';
  throw new AppError(code, undefined, { errors: [{ pointer: '#/identifier/value', code, detail }] });
}

function locodeFault({ scheme, value }: Pick<NewIdentifier, 'scheme' | 'value'>, country: string): string | undefined {
  return scheme === 'un:locode' && !value.startsWith(country) ? `must begin with the country ${country}` : undefined;
}

const isMissing = (value: unknown): boolean => value === undefined;
const isGiven = (value: unknown): boolean => value !== undefined;

function refusal(code: ErrorCode, detail: string, members: object, isFaulty: (value: unknown) => boolean): AppError {
  const errors = Object.entries(members)
    .filter(([, value]) => isFaulty(value))
    .map(([name]) => ({ pointer: `#/${name}`, code, detail }));
  return new AppError(code, undefined, { errors });
}
