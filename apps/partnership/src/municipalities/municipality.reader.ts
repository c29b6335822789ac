import { Injectable } from '@nestjs/common';
import type { MunicipalityKind, Side } from '#contracts/partnership';
import type { Queries } from '#database';

export interface RecordedMunicipality {
  readonly id: string;
  readonly side: Side;
  readonly kind: MunicipalityKind;
  readonly country: string;
  readonly registerKey: string | null;
  readonly name: string;
  /** The official one, the local one and the Latin one. */
  readonly names: readonly string[];
}

/** What others ask of all recorded municipalities that still are. */
@Injectable()
export class MunicipalityReader {
  all(source: Queries): Promise<RecordedMunicipality[]> {
    return source.query<RecordedMunicipality>(
      `SELECT id, side, kind, country, register_key, name, array_remove(ARRAY[name, name_local, name_latin], NULL) AS names
       FROM municipality WHERE ended_on IS NULL ORDER BY created_at, id`,
    );
  }
}
