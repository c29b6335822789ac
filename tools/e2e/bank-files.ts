import type { TransferView } from '#contracts/finance';

/** A pain.002 that says of a payment that its payee has another name at the bank. */
export function answered(messageId: string, { endToEndId }: TransferView): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
 <GrpHdr><MsgId>A-1</MsgId><CreDtTm>${new Date().toISOString()}</CreDtTm></GrpHdr>
 <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
 <OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}</OrgnlPmtInfId><TxInfAndSts>
  <OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>RVNM</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
}

/** A list of the EU with one person on it. */
export function sanctionsList(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="${new Date().toISOString()}" globalFileId="2">
  <sanctionEntity euReferenceNumber="EU.0.2" logicalId="1">
    <subjectType code="person" classificationCode="P"/>
    <nameAlias wholeName="${name}" strong="true" logicalId="2"/>
  </sanctionEntity>
</export>`;
}
