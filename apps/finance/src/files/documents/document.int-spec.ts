import type { AddressInfo, Server } from 'node:net';
import { getDocument, getDocumentFile, keepDocument } from '#contracts/finance';
import { DocumentStore } from '#documents';
import { caller, clamd, SCANNED_IN_VAIN, SCANNED_MALWARE, somePdf } from '#testing';
import { fileOf, kept, uploaded } from '../../../test/documents';
import { AUDITOR, FINANCE, FinanceWorld } from '../../../test/finance-world';

const MUNICIPALITY = '0197a000-0000-7000-8000-000000000001';
const PARTNER = caller('municipality-partner', { subject: 'mwanaisha', municipalityId: MUNICIPALITY });
const COLLEAGUE = caller('municipality-partner', { subject: 'juma', municipalityId: MUNICIPALITY });
const STRANGER = caller('municipality-partner', {
  subject: 'sipho',
  municipalityId: '0197a000-0000-7000-8000-000000000002',
});

let scanner: Server;
let world: FinanceWorld;
beforeAll(async () => {
  scanner = await clamd();
  world = await FinanceWorld.start({ DOCUMENT_SCANNER: `127.0.0.1:${(scanner.address() as AddressInfo).port}` });
}, 60_000);
afterAll(async () => {
  await world?.app.close();
  scanner?.close();
});

describe('a document', () => {
  it('comes out as it went in, in parts', async () => {
    const file = somePdf(1_500_000);
    const document = await kept(world.app, file, FINANCE);
    expect(document).toMatchObject({ mediaType: 'application/pdf', bytes: 1_500_000, keptBy: 'fritz' });
    expect((await fileOf(world.app, document.id, AUDITOR)).equals(file)).toBe(true);
  });

  it('is what its bytes are, whatever its name says', async () => {
    const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
    expect(await kept(world.app, picture, FINANCE, 'rechnung.pdf')).toMatchObject({ mediaType: 'image/png' });
    const program = Buffer.from('MZ\x90\0 a program that calls itself a receipt', 'latin1');
    await expect(kept(world.app, program, FINANCE, 'beleg.pdf')).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED',
    });
  });

  it('is stored once, however often its bytes come', async () => {
    const file = somePdf();
    const [first, second] = [await kept(world.app, file, FINANCE), await kept(world.app, file, PARTNER)];
    expect(first.id).not.toBe(second.id);
    const stored = await world.app.asServiceRole('SELECT FROM document_content WHERE sha256 = $1', [first.sha256]);
    expect(stored).toHaveLength(1);
  });

  it('is read by the offices, by who gave it in, and by colleagues of the same municipality', async () => {
    const { id: documentId } = await kept(world.app, somePdf(), PARTNER);
    for (const reader of [PARTNER, COLLEAGUE, AUDITOR]) {
      await expect(world.app.rpc(getDocument, { documentId }, reader)).resolves.toMatchObject({ id: documentId });
    }
    for (const operation of [getDocument, getDocumentFile]) {
      await expect(world.app.rpc(operation, { documentId }, STRANGER)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
    }
  });

  it('is refused where the scanner finds malware, and where it does not answer', async () => {
    await expect(kept(world.app, SCANNED_MALWARE, FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_INFECTED',
      details: { found: 'Eicar' },
    });
    const upload = await uploaded(world.app, SCANNED_IN_VAIN, FINANCE);
    await expect(world.app.rpc(keepDocument, { fileName: 'x.pdf', upload }, FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_DOCUMENT_SCANNER_AWAY',
    });
  });

  it('is forgotten after a day unless something names it', async () => {
    const store = world.app.app.get(DocumentStore);
    const [named, unused] = [await kept(world.app, somePdf(), FINANCE), await kept(world.app, somePdf(), FINANCE)];
    await world.app.database.transaction(async (tx) => {
      await tx.execute('UPDATE document SET used_by = $2 WHERE id = $1', [named.id, 'a test']);
    });
    const now = world.clock.now();
    world.clock.set(new Date(now.getTime() + 25 * 3_600_000).toISOString());
    await store.forgetUnused();
    world.clock.set(now.toISOString());
    await expect(world.app.rpc(getDocument, { documentId: named.id }, AUDITOR)).resolves.toBeDefined();
    await expect(world.app.rpc(getDocument, { documentId: unused.id }, AUDITOR)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    const contents = await world.app.asServiceRole('SELECT sha256 FROM document_content WHERE sha256 = ANY ($1)', [
      [named.sha256, unused.sha256],
    ]);
    expect(contents).toEqual([{ sha256: named.sha256 }]);
  });
});
