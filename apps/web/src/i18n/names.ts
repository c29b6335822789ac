interface Named {
  readonly name: string;
  readonly side: string;
}

/** What a partnership is called: its towns, the German ones first. */
export function partnershipName(participants: readonly Named[]): string {
  const german = participants.filter(({ side }) => side === 'DE');
  const partners = participants.filter(({ side }) => side !== 'DE');
  return [...german, ...partners].map(({ name }) => shortName(name)).join(' – ');
}

/** `Tübingen, Universitätsstadt` is called Tübingen; the designation stands with the other facts. */
export function shortName(name: string): string {
  return name.split(',')[0] ?? name;
}
