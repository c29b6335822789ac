import { Injectable } from '@nestjs/common';
import type { Queries } from '#database';

/** What others ask of all shipped places. */
@Injectable()
export class PlaceReader {
  /** Each name of a place, with its country; the content changes with a migration step only. */
  names(source: Queries): Promise<{ readonly name: string; readonly country: string }[]> {
    return source.query(
      `SELECT DISTINCT n.name, p.country FROM place p CROSS JOIN LATERAL (VALUES (p.name), (p.local_name)) n (name)
       WHERE n.name IS NOT NULL`,
    );
  }
}
