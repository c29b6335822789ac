const de = {};

export type FeedTexts = typeof de;
export default de;
