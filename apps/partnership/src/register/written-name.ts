/**
 * How the names of the German register are written, and how people write them: both are brought into one form before they are
 * compared, so that "Weiden i.d.OPf." and "Weiden in der Oberpfalz" are one name.
 */

/** Abbreviations of the register and of letter heads, whole words without their full stop. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  allg: 'allgäu',
  bay: 'bayern',
  br: 'breisgau',
  erzgeb: 'erzgebirge',
  hann: 'hannoversch',
  hess: 'hessen',
  hl: 'heilig',
  holst: 'holstein',
  krst: 'kreisstadt',
  mfr: 'mittelfranken',
  nb: 'niederbayern',
  ndb: 'niederbayern',
  ob: 'oberbayern',
  odw: 'odenwald',
  ofr: 'oberfranken',
  ol: 'oberlausitz',
  opf: 'oberpfalz',
  rhld: 'rheinland',
  sa: 'sachsen',
  sachs: 'sachsen',
  sächs: 'sachsen',
  schw: 'schwaben',
  st: 'sankt',
  thür: 'thüringen',
  ufr: 'unterfranken',
  vogtl: 'vogtland',
  westf: 'westfalen',
  wstr: 'weinstraße',
  wttbg: 'württemberg',
  württ: 'württemberg',
};

/** Words between a name and its addition; people leave them out, shorten them and confuse them. */
const BETWEEN = new Set(
  'a am an auf b bei d de dem den der des dr i im in n o ob ohne r rechts der u und unter v vom von vor z zu zum zur'.split(
    ' ',
  ),
);

/** What stands before a name as its title and says that a district is meant. */
const DISTRICT_TITLES = new Set([
  'landkreis',
  'lk',
  'lkr',
  'lkrs',
  'ldkr',
  'kreis',
  'kr',
  'krs',
  'landratsamt',
  'lra',
  'kreisverwaltung',
]);

/** The same of a town; what the register writes behind the comma ("Hansestadt", "Klingenstadt") comes to it. */
const TOWN_TITLES =
  'stadt gemeinde markt flecken hansestadt hanse landeshauptstadt lhst lh lhs universitätsstadt universitäts bundesstadt bundeshauptstadt hauptstadt ' +
  'kreisstadt kreisfreie große grosse freie freistaat stadtkreis stadtverwaltung gemeindeverwaltung marktgemeinde ortsgemeinde rathaus magistrat fontanestadt ' +
  'samtgemeinde verbandsgemeinde berg dom wissenschaftsstadt hochschulstadt lutherstadt goethestadt barlachstadt';

/** A name as it is compared: abbreviations written out, words between left out, no marks. */
export function writtenName(name: string): string {
  const words = wordsOf(name);
  const kept = words.filter((word, index) => index === 0 || !BETWEEN.has(word));
  return kept.join(' ');
}

/** The name that a place goes by in short: "Offenbach am Main" is Offenbach, "Halle (Saale)" is Halle. */
export function shortNameOf(name: string): string {
  const [first = name] = name.split(/[(/]|\s(?=(?:a|am|an|auf|b|bei|i|im|in|ob|o|u|unter|v|vor)(?:\.|\s))/);
  return writtenName(first);
}

/** A name as somebody typed it: every way in which it can be meant, and what its title says. */
export interface AskedName {
  /** The way it stands there first. */
  readonly ways: readonly string[];
  readonly isDistrict: boolean;
}

/** Reads titles off what was typed. A title may be a part of the name (Stadt Wehlen), so the name with it stays a way. */
export function askedName(typed: string, designations: ReadonlySet<string>): AskedName {
  const [before = typed, ...behind] = typed.split(',');
  const isTitled = behind.length > 0 && behind.join(' ').trim() !== '';
  const words = wordsOf(isTitled ? before : typed);
  const ways = [writtenName(isTitled ? before : typed)];
  const said = isTitled ? [...words, ...wordsOf(behind.join(' '))] : words;
  const isDistrict = said.some((word) => DISTRICT_TITLES.has(word));
  const isName = (word: string): boolean => !isTitle(word, designations);
  const begin = words.findIndex(isName);
  const end = words.findLastIndex(isName) + 1;
  if (begin > 0) ways.push(writtenName(words.slice(begin).join(' ')));
  if (begin >= 0 && end < words.length) ways.push(writtenName(words.slice(begin, end).join(' ')));
  // "Enzkreis", "Kreis Enz" and "Wetterau-Kreis": the register has some as one word.
  if (isDistrict && begin > 0) ways.push(`${writtenName(words.slice(begin).join(' '))}kreis`);
  const last = words.at(-1);
  if (last !== undefined && DISTRICT_TITLES.has(last) && words.length > 1) {
    const rest = words.slice(0, -1);
    ways.push(`${writtenName(rest.join(' '))}kreis`, writtenName(rest.join(' ')));
  }
  // "Frankfurt/M.": a single letter is no word; the larger place of the name is the likelier one.
  for (const way of [...ways]) {
    const whole = way.split(' ').filter((word) => word.length > 1);
    if (whole.length > 0) ways.push(whole.join(' '));
  }
  return { ways: [...new Set(ways.filter((way) => way !== ''))], isDistrict };
}

/** What the register writes behind the commas of its names, as titles. */
export function designationsOf(names: readonly string[]): string[] {
  const behind = names.flatMap((name) => wordsOf(name.split(',').slice(1).join(' ')));
  return [...new Set([...TOWN_TITLES.split(' '), ...behind.filter((word) => word.length > 2)])];
}

function isTitle(word: string, designations: ReadonlySet<string>): boolean {
  return DISTRICT_TITLES.has(word) || designations.has(word) || word === 'und' || word === 'der' || word === 'die';
}

function wordsOf(name: string): string[] {
  return name
    .toLocaleLowerCase('de')
    .replace(/o\.\s?l\./g, 'oberlausitz')
    .replace(/(^|[\s/-])b(?:ad)?\.\s+(?=\p{L}{3})/gu, (_, mark: string, at: number) =>
      at === 0 ? 'bad ' : `${mark}b `,
    )
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .filter((word) => word !== '')
    .map((word) => WRITTEN_OUT[word] ?? word);
}
