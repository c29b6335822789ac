import { Injectable } from '@nestjs/common';
import type { Queries } from '#database';
import { MunicipalityReader } from '../municipalities/municipality.reader';
import { ParticipationReader } from '../partnerships/participation.reader';
import { PlaceReader } from '../places/place.reader';
import { ReferenceReader } from '../reference/reference.reader';
import { RegisterReader } from '../register/register.reader';
import type { ImportFacts } from './assessment.rules';
import { fieldNamesOf } from './cell-words';
import { CountryNames } from './country-names';
import { GermanPlaces } from './german-places';
import type { PlaceKnowledge } from './partner-side.rules';
import { plain } from './spelling';

/** Reads all that the rows of an import are compared with, in few statements. */
@Injectable()
export class ImportFactsReader {
  /** The register as it was last read: it changes with a migration step only. */
  private register: { readonly edition: string; readonly places: GermanPlaces } | undefined;

  /** The shipped places in the same way. */
  private countriesOf: Map<string, Set<string>> | undefined;

  constructor(
    private readonly registerReader: RegisterReader,
    private readonly reference: ReferenceReader,
    private readonly municipalities: MunicipalityReader,
    private readonly participation: ParticipationReader,
    private readonly placeReader: PlaceReader,
  ) {}

  async read(source: Queries): Promise<ImportFacts> {
    const german = await this.german(source);
    const countries = await this.reference.countries(source);
    const fields = await this.reference.fieldsOfAction(source);
    const municipalities = await this.municipalities.all(source);
    return {
      german,
      countries: new CountryNames(countries),
      fields: fieldNamesOf(fields),
      germanIds: new Map(
        municipalities.flatMap(({ id, registerKey }) => (registerKey === null ? [] : [[registerKey, id] as const])),
      ),
      partners: municipalities.filter(({ side }) => side === 'PARTNER'),
      links: await this.participation.pairs(source),
      places: await this.placesOf(source),
    };
  }

  private async placesOf(source: Queries): Promise<PlaceKnowledge> {
    if (!this.countriesOf) {
      this.countriesOf = new Map<string, Set<string>>();
      for (const { name, country } of await this.placeReader.names(source)) {
        const key = plain(name);
        const countries = this.countriesOf.get(key) ?? new Set();
        this.countriesOf.set(key, countries.add(country));
      }
    }
    const known = this.countriesOf;
    return (name) => [...(known.get(plain(name)) ?? [])];
  }

  private async german(source: Queries): Promise<GermanPlaces> {
    const edition = await this.registerReader.edition(source);
    if (this.register?.edition !== edition)
      this.register = { edition, places: new GermanPlaces(await this.registerReader.all(source)) };
    return this.register.places;
  }
}
