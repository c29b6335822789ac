import type { RegisterKind } from '#contracts/partnership';

/** A row of the register's table. */
export interface RegisterRow {
  readonly key: string;
  readonly kind: RegisterKind;
  readonly name: string;
  readonly designation: string;
  readonly land: string;
  readonly district_key: string | null;
  readonly regional_key: string | null;
  readonly nuts3: string | null;
  readonly population: number;
  readonly area_km2: number;
  readonly postal_code: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly same_as: string | null;
  readonly as_of: string;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly successor_key: string | null;
}
