import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type ErrorCode, type FieldError, type RequestOf } from '#contracts';
import type { MunicipalityKind, RegisterKind, Side } from '#contracts/partnership';
import type { createMunicipality } from '#contracts/partnership';
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
}

export type NewMunicipality = RequestOf<typeof createMunicipality>;
export type NewIdentifier = NewMunicipality['identifiers'][number];

interface Creation {
  readonly id: string;
  readonly at: Date;
}

/**
 * A town, municipality, district or association on either side. A German one is what the official register says, never typed by
 * hand; a partner one carries its names as given. Source: docs/domain.md#municipalities.
 */
@AuditFields<Municipality>({ open: ['side', 'kind', 'registerKey', 'land'] })
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
  @Column('text', { nullable: true }) readonly registerKey!: string | null;
  @Column('char', { length: 2, nullable: true }) land!: string | null;
  @Column('text', { nullable: true }) designation!: string | null;
  @Column('int', { nullable: true }) population!: number | null;
  @Column('date', { nullable: true }) populationOn!: string | null;
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
      createdAt: at,
      updatedAt: at,
    });
  }

  /** Refuses with a pointer to each member that is missing. The country is checked by the service. */
  static ofPartner(
    { names, country, kind, population, populationOn }: NewMunicipality,
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
      createdAt: at,
      updatedAt: at,
    });
  }
}

/** The register key that a request for a German municipality names; everything else about it comes from the register. */
export function officialKeyOf(request: NewMunicipality): string {
  const { officialKey, names, country, kind, population, populationOn } = request;
  if (!officialKey)
    throw refusal('PARTNERSHIP_MUNICIPALITY_INCOMPLETE', 'is needed on the German side', { officialKey }, isMissing);
  const typed = { names, country, kind, population, populationOn };
  const refused = refusal('PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY', 'comes from the register', typed, isGiven);
  if (refused.errors && refused.errors.length > 0) throw refused;
  return officialKey;
}

/** The keys that the register itself gives a German municipality. */
export function registerIdentifiers({ key, regionalKey, ownDistrictKey }: RegisterFacts): NewIdentifier[] {
  const always = { validFrom: null, validTo: null };
  const identifiers: NewIdentifier[] = [
    { scheme: key.length === 8 ? 'org:de:ags' : 'org:de:kreis', value: key, ...always },
  ];
  if (regionalKey) identifiers.push({ scheme: 'org:de:ars', value: regionalKey, ...always });
  if (ownDistrictKey) identifiers.push({ scheme: 'org:de:kreis', value: ownDistrictKey, ...always });
  return identifiers;
}

/** Refuses typed official keys, a UN/LOCODE of another country, and one identifier named twice. */
export function checkIdentifiers(identifiers: readonly NewIdentifier[], country: string): void {
  const errors: FieldError[] = [];
  identifiers.forEach(({ scheme, value }, index) => {
    const detail = identifierFault({ scheme, value, country });
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

function identifierFault({
  scheme,
  value,
  country,
}: {
  scheme: string;
  value: string;
  country: string;
}): string | undefined {
  if (scheme.startsWith('org:de:')) return 'comes from the register of the German side only';
  if (scheme === 'un:locode' && !value.startsWith(country)) return `must begin with the country ${country}`;
  return undefined;
}

const isMissing = (value: unknown): boolean => value === undefined;
const isGiven = (value: unknown): boolean => value !== undefined;

function refusal(code: ErrorCode, detail: string, members: object, isFaulty: (value: unknown) => boolean): AppError {
  const errors = Object.entries(members)
    .filter(([, value]) => isFaulty(value))
    .map(([name]) => ({ pointer: `#/${name}`, code, detail }));
  return new AppError(code, undefined, { errors });
}
