import type { FeedTexts } from './feed.de';

const en: FeedTexts = {};

export default en;
