import type { Published } from './published';

const LICENCE = 'http://dcat-ap.de/def/licenses/cc-by/4.0';
const LEVEL = 'http://dcat-ap.de/def/politicalGeocoding/Level/international';
/** Codes of the European vocabularies: themes of the data, and its languages. */
const AUTHORITY = 'http://publications.europa.eu/resource/authority';
const THEMES = ['INTR', 'GOVE'].map((code) => ({ '@id': `${AUTHORITY}/data-theme/${code}` }));
const LANGUAGES = ['DEU', 'ENG', 'FRA', 'SPA'].map((code) => ({ '@id': `${AUTHORITY}/language/${code}` }));

/** Towns that may be named, where they lie to some kilometres; how many have no place or may not be told stands beside them. */
export function geoJson({ partnerships, asOf }: Published): object {
  const all = partnerships.flatMap(({ caseNumber, towns }) => towns.map((town) => ({ caseNumber, town })));
  const placed = all.flatMap(({ caseNumber, town }) => {
    const { longitude, latitude, name, side, country, registerKey } = town;
    if (!town.isNamed || typeof longitude !== 'number' || typeof latitude !== 'number') return [];
    const key = typeof registerKey === 'string' ? { municipalityKey: registerKey } : {};
    return [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [coarse(longitude), coarse(latitude)] },
        properties: { name, side, country, partnership: caseNumber, ...key },
      },
    ];
  });
  return { type: 'FeatureCollection', asOf, withoutPlace: all.length - placed.length, features: placed };
}

/** The catalogue of what is published, for open data portals (DCAT-AP.de 2.0). Source: docs/domain.md#publishing. */
export function catalogue({ publisher, asOf }: Pick<Published, 'publisher' | 'asOf'>, origin: string): object {
  const files = [
    ['v1/published-files/iati-activities.xml', 'IATI 2.03', 'XML', 'application/xml'],
    ['v1/published-files/portfolio.json', 'JSON', 'JSON', 'application/json'],
    ['public/partnerships.geojson', 'GeoJSON', 'GEOJSON', 'application/geo+json'],
  ] as const;
  // With the wider class each: portals ask for it, and draw no conclusions.
  const fund = {
    '@id': `${origin}/public#publisher`,
    '@type': ['foaf:Agent', 'foaf:Organization'],
    'foaf:name': publisher,
  };
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      dcatde: 'http://dcat-ap.de/def/dcatde/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      vcard: 'http://www.w3.org/2006/vcard/ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `${origin}/public#catalogue`,
    '@type': 'dcat:Catalog',
    'dct:title': { '@value': 'Fachkräftefonds für kommunale Partnerschaften weltweit', '@language': 'de' },
    'dct:description': { '@value': 'Offene Daten des Fachkräftefonds', '@language': 'de' },
    'dct:publisher': fund,
    'dct:language': LANGUAGES,
    'dcat:dataset': {
      '@id': `${origin}/public#dataset`,
      '@type': 'dcat:Dataset',
      'dct:title': [
        { '@value': 'Partnerschaften und Einsätze des Fachkräftefonds', '@language': 'de' },
        { '@value': 'Partnerships and assignments of the expert fund', '@language': 'en' },
      ],
      'dct:description': {
        '@value': 'Kommunale Partnerschaften, Einsätze von Fachkräften und Summen nach Quartalen, ohne Personen.',
        '@language': 'de',
      },
      'dct:modified': { '@value': asOf, '@type': 'xsd:date' },
      'dct:publisher': fund,
      'dct:language': LANGUAGES,
      'dcat:theme': THEMES,
      'dcatde:politicalGeocodingLevelURI': { '@id': LEVEL },
      'dcat:contactPoint': {
        '@type': ['vcard:Kind', 'vcard:Organization'],
        'vcard:fn': publisher,
        'vcard:hasURL': { '@id': `${origin}/about/feedback` },
      },
      'dcat:distribution': files.map(([path, title, format, mediaType]) => ({
        '@id': `${origin}/${path}#distribution`,
        '@type': 'dcat:Distribution',
        'dct:title': { '@value': title },
        'dcat:accessURL': { '@id': `${origin}/${path}` },
        'dcat:downloadURL': { '@id': `${origin}/${path}` },
        'dct:format': { '@id': `${AUTHORITY}/file-type/${format}` },
        'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${mediaType}` },
        'dct:license': { '@id': LICENCE },
        'dcatde:licenseAttributionByText': { '@value': publisher, '@language': 'de' },
      })),
    },
  };
}

/** Two decimals: about a kilometre. */
function coarse(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}
