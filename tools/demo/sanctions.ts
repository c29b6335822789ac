import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { SanctionsListView, ScreeningStatusView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { user } from './demo-token';
import { tell } from './story';

/** Editions are generated anew long before the rule sanctions-list-age makes them too old. */
const RENEWED_AFTER_MS = 14 * 86_400_000;

/** Invented names in the format of the EU consolidated list; the real one is downloaded by the fund with its own access. */
export const demoList = (generatedAt = new Date()) => `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="${generatedAt.toISOString()}" globalFileId="1">
  <sanctionEntity euReferenceNumber="EU.0.1" logicalId="1">
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Bartolomäus" lastName="Quellenfuß" wholeName="Bartolomäus Quellenfuß" strong="true" logicalId="2"/>
  </sanctionEntity>
</export>`;

/** Nothing is paid without a sanctions list: the demo imports an invented one where there is none yet, or an old one. */
export async function ensureSanctionsList(api: ApiClient): Promise<void> {
  const { list: known } = await api.get<ScreeningStatusView>(user('finance-officer'), '/screening-status');
  const isFresh = known !== null && Date.now() - Date.parse(known.generatedAt) < RENEWED_AFTER_MS;
  const list = isFresh ? known : await importList(api, demoList());
  tell(`sanctions list ${list.number} with ${list.names} names is in force: payees are screened against it`);
}

/** As `finance-officer`. */
export function importList(api: ApiClient, xml: string): Promise<SanctionsListView> {
  return api.post<SanctionsListView>(user('finance-officer'), '/sanctions-lists', {
    sha256: createHash('sha256').update(xml).digest('hex'),
    contentGzip: gzipSync(xml).toString('base64'),
  });
}
