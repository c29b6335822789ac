import { strToU8, zipSync } from 'fflate';
import { MEMBERS_MAX, unpacked, UNPACKED_BYTES_MAX } from './unpacked';

const container = (members: Record<string, Uint8Array>) => new File([zipSync(members)], 'C53.zip');
const text = async (file: File | undefined) => new TextDecoder().decode(await file?.arrayBuffer());

describe('a container of the bank', () => {
  it('is its files, in its sequence, without folders', async () => {
    const files = await unpacked(
      container({
        'b/2.xml': strToU8('<b/>'),
        'a.xml': strToU8('<a/>'),
        'b/': new Uint8Array(),
        '__MACOSX/x': strToU8('x'),
      }),
    );
    expect(files.map(({ name }) => name)).toEqual(['C53.zip: b/2.xml', 'C53.zip: a.xml']);
    expect(await Promise.all(files.map(text))).toEqual(['<b/>', '<a/>']);
  });

  it('is no other file', async () => {
    const file = new File(['<Document/>'], 'camt.xml');
    expect(await unpacked(file)).toEqual([file]);
  });

  it('is refused when it is broken, empty, or holds too much', async () => {
    const many = Object.fromEntries(
      Array.from({ length: MEMBERS_MAX + 1 }, (_, index) => [`${index}.xml`, strToU8('x')]),
    );
    const whole = new Uint8Array(await container({ 'a.xml': strToU8('<a/>'.repeat(100)) }).arrayBuffer());
    const bomb = container({ 'a.xml': new Uint8Array(UNPACKED_BYTES_MAX + 1) });
    expect(bomb.size).toBeLessThan(UNPACKED_BYTES_MAX / 100);
    await expect(unpacked(container(many))).rejects.toMatchObject({ fault: 'tooMany' });
    await expect(unpacked(bomb)).rejects.toMatchObject({ fault: 'tooLarge' });
    await expect(unpacked(container({}))).rejects.toMatchObject({ fault: 'empty' });
    await expect(unpacked(new File([whole.slice(0, 40)], 'cut.zip'))).rejects.toMatchObject({ fault: 'unreadable' });
  });
});
