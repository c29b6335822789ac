import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { SanctionsListView, ScreeningStatusView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { user } from './demo-token';
import { tell } from './story';

/** Invented names in the format of the EU consolidated list; the real one is downloaded by the fund with its own access. */
export const DEMO_LIST = `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2020-01-01T00:00:00.000+01:00" globalFileId="1">
  <sanctionEntity euReferenceNumber="EU.0.1" logicalId="1">
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Bartolomäus" lastName="Quellenfuß" wholeName="Bartolomäus Quellenfuß" strong="true" logicalId="2"/>
  </sanctionEntity>
</export>`;

/** Nothing is paid without a sanctions list: the demo imports an invented one where there is none yet. */
export async function ensureSanctionsList(api: ApiClient): Promise<void> {
  const officer = user('finance-officer');
  const status = await api.get<ScreeningStatusView>(officer, '/screening-status');
  const list =
    status.list ??
    (await api.post<SanctionsListView>(officer, '/sanctions-lists', {
      sha256: createHash('sha256').update(DEMO_LIST).digest('hex'),
      contentGzip: gzipSync(DEMO_LIST).toString('base64'),
    }));
  tell(`sanctions list ${list.number} with ${list.names} names is in force: payees are screened against it`);
}
