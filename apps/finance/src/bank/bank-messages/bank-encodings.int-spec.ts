import { createHash, randomUUID } from 'node:crypto';
import {
  getBankEntry,
  getBankMessageFile,
  importBankMessage,
  listBankEntries,
  storeUploadPart,
} from '#contracts/finance';
import { BankLoop, EXECUTION_ON as ON } from '../../../test/bank-loop';
import { AUDITOR, CASHIER, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

describe('a file of the bank', () => {
  const latin = (encoding: string) =>
    bank
      .statement([{ amount: '1.00', on: ON, transactions: [{ amount: '1.00', remittance: 'Jörg Müßig' }] }])
      .replace('UTF-8', encoding);
  const files: readonly [string, () => Buffer][] = [
    ['ISO-8859-1', () => Buffer.from(latin('ISO-8859-1'), 'latin1')],
    ['UTF-16 with its mark', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(latin('UTF-16'), 'utf16le')])],
    ['UTF-16 without a mark, the other way round', () => Buffer.from(latin('UTF-16'), 'utf16le').swap16()],
    ['UTF-8 with a mark', () => Buffer.from(`\ufeff${latin('UTF-8')}`)],
  ];

  it.each(files)('is read in %s, and comes back as it was delivered', async (_name, fileOf) => {
    const file = fileOf();
    const upload = {
      id: randomUUID(),
      parts: 1,
      bytes: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
    };
    const part = { uploadId: upload.id, number: 1, content: file.toString('base64') };
    await world.app.rpc(storeUploadPart, part, CASHIER);
    const message = await world.app.rpc(importBankMessage, { fileName: 'latin.xml', upload }, CASHIER);
    const { items } = await world.app.rpc(listBankEntries, { bankMessageId: message.id }, AUDITOR);
    const [entry] = items;
    const detail = await world.app.rpc(getBankEntry, { bankEntryId: entry?.id ?? '' }, AUDITOR);
    expect(detail.transactions[0]?.remittance).toBe('Jörg Müßig');
    const { body } = await world.app.rpc(getBankMessageFile, { bankMessageId: message.id }, AUDITOR);
    expect(Buffer.from(body, 'base64').equals(file)).toBe(true);
    const [stored] = await world.app.database.query<{ sha256: string }>('SELECT bank_file_sha256($1) AS sha256', [
      message.id,
    ]);
    expect(stored?.sha256).toBe(message.sha256);
  });
});
