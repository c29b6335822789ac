const de = {
  title: 'Meine Aufgaben',
  waits: 'Was auf Sie wartet',
  nothing: 'Im Augenblick wartet nichts auf Sie.',
  more: (count: number) => `${count}+`,
  items: {
    proposedPartnerships: 'Partnerschaften, die noch nicht aktiv sind',
    activePartnerships: 'Aktive Partnerschaften',
  },
};

export type HomeTexts = typeof de;
export default de;
