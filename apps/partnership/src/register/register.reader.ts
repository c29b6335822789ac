import { Injectable } from '@nestjs/common';
import type { RegisterKind } from '#contracts/partnership';
import type { Queries } from '#database';

/** An entry of the register, as far as names and keys are compared with it. */
export interface RegisterListing {
  readonly key: string;
  readonly regionalKey: string | null;
  readonly kind: RegisterKind;
  readonly name: string;
  readonly designation: string;
  readonly landName: string;
  readonly population: number;
  /** The entry that it leads to: the same city under another key, or what took its place. */
  readonly sameAs: string | null;
}

/** What others ask of the whole register. */
@Injectable()
export class RegisterReader {
  /** Another text for another content of the register: what was made of it may be kept for as long. */
  async edition(source: Queries): Promise<string> {
    const [content] = await source.query<{ hash: string }>(
      'SELECT sum(hashtextextended(e::text, 0))::text AS hash FROM register_entry e',
    );
    return content?.hash ?? '';
  }

  all(source: Queries): Promise<RegisterListing[]> {
    return source.query<RegisterListing>(
      `SELECT e.key, e.regional_key, e.kind, e.name, e.designation, l.name AS land_name, e.population,
         coalesce(e.same_as, e.successor_key) AS same_as
       FROM register_entry e JOIN register_land l ON l.key = e.land ORDER BY e.key`,
    );
  }
}
