import { Injectable } from '@nestjs/common';
import type { Queries } from '#database';

/** What others ask of the code lists, whole. */
@Injectable()
export class ReferenceReader {
  countries(source: Queries): Promise<{ code: string; alpha3: string; name: string }[]> {
    return source.query('SELECT code, alpha3, name FROM country ORDER BY code');
  }

  fieldsOfAction(source: Queries): Promise<{ key: string; names: string[] }[]> {
    return source.query('SELECT key, ARRAY[name_de, name_en] AS names FROM field_of_action ORDER BY position');
  }
}
