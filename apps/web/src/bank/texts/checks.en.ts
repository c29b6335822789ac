import type { CheckTexts } from './checks.de';

const en: CheckTexts = {};

export default en;
