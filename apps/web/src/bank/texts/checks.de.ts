const de = {};

export type CheckTexts = typeof de;
export default de;
