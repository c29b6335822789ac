import { createHash, randomUUID } from 'node:crypto';
import type { AddressInfo, Server } from 'node:net';
import { DOCUMENT_BYTES_MAX, type DocumentView } from '#contracts';
import {
  addAgreementFile,
  type AgreementView,
  getAgreement,
  getAgreementFile,
  getPartnershipDocument,
  keepPartnershipDocument,
  listAgreements,
  listCaseFacts,
  type PartnershipView,
  recordAgreement,
  storePartnershipUploadPart,
} from '#contracts/partnership';
import { DocumentStore } from '#documents';
import { caller, clamd, SCANNED_MALWARE, somePdf, storedInParts, type TestCaller, type TestService } from '#testing';
import {
  auditor,
  charter,
  type Link,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
  TODAY,
} from '../../test/partnership.factory';

const UNKNOWN_ID = '0192d4e0-0000-7000-8000-00000000dead';
const adviser = caller('adviser');
let scanner: Server;
let app: TestService;
let link: Link;
let strangers: TestCaller;

beforeAll(async () => {
  scanner = await clamd();
  app = await startPartnership({ DOCUMENT_SCANNER: `127.0.0.1:${(scanner.address() as AddressInfo).port}` });
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
  const { id } = await recordPartner(app, { names: { official: 'Kigali' }, country: 'RW' });
  strangers = caller('municipality-partner', { municipalityId: id });
}, 180_000);
afterAll(async () => {
  await app?.close();
  scanner?.close();
});

async function kept(file: Buffer, as = officer, fileName = 'urkunde.pdf'): Promise<DocumentView> {
  const upload = await storedInParts(app, storePartnershipUploadPart, file, as);
  return app.rpc(keepPartnershipDocument, { fileName, upload }, as);
}
/** A charter that is known by the file alone. */
const withFile = ({ id }: PartnershipView, documentId: string) => {
  const { documentSha256: _hash, ...agreement } = charter(id);
  return { ...agreement, documentId };
};
const record = async (file: Buffer): Promise<AgreementView> =>
  app.rpc(recordAgreement, withFile(await propose(app, link), (await kept(file)).id), officer);
const named = ({ partnershipId, id: agreementId }: AgreementView) => ({ partnershipId, agreementId });
const sha256Of = (file: Buffer) => createHash('sha256').update(file).digest('hex');

async function read(agreement: AgreementView, as: TestCaller): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const request = { ...named(agreement), offset };
    const part: { body: string; nextOffset: number | null } = await app.rpc(getAgreementFile, request, as);
    parts.push(Buffer.from(part.body, 'base64'));
    offset = part.nextOffset;
  }
  return Buffer.concat(parts);
}

describe('the file of an agreement', () => {
  it('is read as it came by whoever sees the partnership, and by nobody else', async () => {
    const file = somePdf(1_500_000);
    const agreement = await record(file);
    expect(agreement).toMatchObject({
      documentSha256: sha256Of(file),
      file: { fileName: 'urkunde.pdf', mediaType: 'application/pdf', bytes: 1_500_000, addedBy: officer.subject },
    });
    const { partnershipId } = agreement;
    expect((await app.rpc(listAgreements, { partnershipId }, auditor)).items).toEqual([agreement]);
    const partner = caller('municipality-partner', { municipalityId: link.partner.id });
    const german = caller('municipality-de', { municipalityId: link.german.id });
    for (const reader of [auditor, partner, german]) expect((await read(agreement, reader)).equals(file)).toBe(true);
    await expect(read(agreement, strangers)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(read(agreement, caller('expert'))).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    // Nor by way of another partnership.
    const other = await propose(app, link);
    await expect(read({ ...agreement, partnershipId: other.id }, auditor)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('is stored once, and stays when what nothing names is forgotten', async () => {
    const file = somePdf();
    const [first, second] = [await record(file), await record(file)];
    expect(first.file?.documentId).not.toBe(second.file?.documentId);
    const unused = await kept(somePdf(), adviser);
    const contents = () =>
      app.asServiceRole<{ sha256: string }>('SELECT sha256 FROM document_content WHERE sha256 = ANY ($1)', [
        [sha256Of(file), unused.sha256],
      ]);
    expect(await contents()).toHaveLength(2);
    await app.testDatabase.asAdmin(`UPDATE partnership.document SET kept_at = kept_at - interval '2 days'`);
    await app.testDatabase.asAdmin(`UPDATE partnership.document_content SET kept_at = kept_at - interval '2 days'`);
    await app.app.get(DocumentStore).forgetUnused();
    expect(await contents()).toEqual([{ sha256: sha256Of(file) }]);
    await expect(app.rpc(getPartnershipDocument, { documentId: unused.id }, officer)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('is refused where it is no document, too large, unsound or not whole', async () => {
    await expect(kept(Buffer.from('MZ\x90\0 a program', 'latin1'))).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED',
    });
    await expect(kept(SCANNED_MALWARE)).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_INFECTED' });
    const upload = await storedInParts(app, storePartnershipUploadPart, somePdf(), officer);
    for (const [announced, code] of [
      [{ bytes: DOCUMENT_BYTES_MAX + 1 }, 'PLATFORM_REQUEST_INVALID'],
      [{ sha256: '0'.repeat(64) }, 'PARTNERSHIP_UPLOAD_INCOMPLETE'],
    ] as const) {
      const request = { fileName: 'x.pdf', upload: { ...upload, ...announced } };
      await expect(app.rpc(keepPartnershipDocument, request, officer)).rejects.toMatchObject({ code });
    }
    const left = { uploadId: randomUUID(), number: 2, content: 'YQ==' };
    await expect(app.rpc(storePartnershipUploadPart, left, officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_UPLOAD_PART_UNEXPECTED',
    });
    const person = caller('adviser', { subject: 'who sends much at once' });
    const part = () => app.rpc(storePartnershipUploadPart, { ...left, uploadId: randomUUID(), number: 1 }, person);
    for (let count = 0; count < 5; count++) await part();
    await expect(part()).rejects.toMatchObject({ code: 'PARTNERSHIP_UPLOAD_LIMIT_REACHED' });
  });

  it('is one of this agreement, known, and given in by who may', async () => {
    const agreement = await record(somePdf());
    const partnership = await propose(app, link);
    const { file } = agreement;
    await expect(
      app.rpc(recordAgreement, withFile(partnership, file?.documentId ?? ''), officer),
    ).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_IN_USE' });
    await expect(app.rpc(recordAgreement, withFile(partnership, UNKNOWN_ID), officer)).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_UNKNOWN',
    });
    const document = await kept(somePdf());
    await expect(
      app.rpc(recordAgreement, { ...charter(partnership.id), documentId: document.id }, officer),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS' });
    await expect(kept(somePdf(), strangers)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    // What was refused took nothing: the document is still free.
    await expect(app.rpc(recordAgreement, withFile(partnership, document.id), adviser)).resolves.toBeDefined();
  });

  it('is recorded once when the request is sent again', async () => {
    const request = withFile(await propose(app, link), (await kept(somePdf())).id);
    const key = { idempotencyKey: 'the same press of a button' };
    const first = await app.rpc(recordAgreement, request, officer, key);
    expect(await app.rpc(recordAgreement, request, officer, key)).toEqual(first);
    const again = { ...request, documentId: (await kept(somePdf())).id, documentSha256: first.documentSha256 ?? '' };
    await expect(app.rpc(recordAgreement, again, officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS',
    });
  });
});

describe('a file that comes later', () => {
  it('is the document whose hash was recorded, comes once, and stands in the history', async () => {
    const file = somePdf();
    const { id } = await propose(app, link);
    const agreement = await app.rpc(recordAgreement, { ...charter(id), documentSha256: sha256Of(file) }, officer);
    expect(agreement.file).toBeNull();
    await expect(read(agreement, officer)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    const add = (documentId: string) => app.rpc(addAgreementFile, { ...named(agreement), documentId }, adviser);
    await expect(add((await kept(somePdf())).id)).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS',
    });
    const whole = await add((await kept(file)).id);
    expect(whole).toMatchObject({ ...agreement, file: { bytes: file.length, addedBy: adviser.subject } });
    expect(await app.rpc(getAgreement, named(agreement), auditor)).toEqual(whole);
    await expect(add((await kept(file)).id)).rejects.toMatchObject({ code: 'PARTNERSHIP_AGREEMENT_FILE_EXISTS' });
    const { items } = await app.rpc(listCaseFacts, { partnershipId: id }, auditor);
    expect(items.map(({ kind, on, details }) => [kind, on, details.agreementKind])).toEqual([
      ['AGREEMENT_FILE_ADDED', TODAY, 'CHARTER'],
      ['AGREEMENT', '2014-05-01', 'CHARTER'],
      ['STATUS', '2014-01-01', undefined],
    ]);
  });

  it('is added to an agreement of this partnership', async () => {
    const agreement = await app.rpc(recordAgreement, charter((await propose(app, link)).id), officer);
    const other = await propose(app, link);
    const { id: documentId } = await kept(somePdf());
    for (const request of [
      { ...named(agreement), partnershipId: other.id },
      { ...named(agreement), agreementId: UNKNOWN_ID },
    ]) {
      await expect(app.rpc(addAgreementFile, { ...request, documentId }, officer)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
    }
  });
});

describe('the resolution of a council', () => {
  const resolution = (partnershipId: string) => ({
    partnershipId,
    kind: 'COUNCIL_RESOLUTION' as const,
    signedOn: '2026-03-09',
    reference: 'Vorlage 45/2026',
    council: { body: 'MUNICIPAL_COUNCIL' as const, municipalityId: link.german.id },
  });

  it('is known by who decided, when and under which number; its file may come later, and only once', async () => {
    const { id } = await propose(app, link);
    const recorded = await app.rpc(recordAgreement, resolution(id), officer);
    expect(recorded).toMatchObject({
      signedOn: '2026-03-09',
      documentSha256: null,
      file: null,
      council: { body: 'MUNICIPAL_COUNCIL', municipalityId: link.german.id },
    });
    const file = somePdf();
    const { id: documentId } = await kept(file);
    expect(await app.rpc(addAgreementFile, { ...named(recorded), documentId }, officer)).toMatchObject({
      documentSha256: sha256Of(file),
    });
    const { items } = await app.rpc(listCaseFacts, { partnershipId: id }, auditor);
    expect(items.map(({ kind }) => kind)).toEqual(['AGREEMENT_FILE_ADDED', 'COUNCIL_RESOLVED', 'STATUS']);
    // The same paper is not two resolutions, whenever its file came.
    const second = await app.rpc(recordAgreement, { ...resolution(id), reference: 'Vorlage 46/2026' }, officer);
    const copy = { ...named(second), documentId: (await kept(file)).id };
    await expect(app.rpc(addAgreementFile, copy, officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_EXISTS',
      details: { agreementId: recorded.id },
    });
  });

  it('is refused without a number, from a council that takes no part, and as something else', async () => {
    const { id } = await propose(app, link);
    const { reference: _number, ...without } = resolution(id);
    const foreign = { body: 'MUNICIPAL_COUNCIL' as const, municipalityId: strangers.municipalityId ?? null };
    for (const [request, code] of [
      [without, 'PLATFORM_REQUEST_INVALID'],
      [{ ...resolution(id), kind: 'CHARTER' as const }, 'PLATFORM_REQUEST_INVALID'],
      [{ ...charter(id), documentSha256: undefined }, 'PLATFORM_REQUEST_INVALID'],
      [{ ...charter(id), council: foreign }, 'PLATFORM_REQUEST_INVALID'],
      [{ ...resolution(id), council: foreign }, 'PARTNERSHIP_AGREEMENT_COUNCIL_FOREIGN'],
    ] as const) {
      await expect(app.rpc(recordAgreement, request, officer)).rejects.toMatchObject({ code });
    }
  });
});
