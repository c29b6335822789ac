import { createHash } from 'node:crypto';
import type { ParsingTask } from '../../files/file-parsing/parsing-task';
import { type Iso20022Schema, type CompiledSchema, loadCompiler } from '../../payments/iso20022/iso20022-schemas';
import type { EntryRows, ParsedBankMessage } from '../bank-entries/parsed-message';
import { limitExceeded } from '../../files/xml/bounded-xml';
import { BANK_MESSAGE_LIMITS, BankMessageParser } from './bank-message-parser';
import { unreadable } from './bank-values';

export interface BankMessageFile {
  readonly message: ParsedBankMessage;
  /** Of the bytes of the file. */
  readonly sha256: string;
}

const compiled = new Map<Iso20022Schema, CompiledSchema>();

/** Reads the file of a bank message in UTF-8; its entries are handed out as they come. */
export const bankMessageFile: ParsingTask<EntryRows, BankMessageFile> = {
  name: 'bank-message',
  async parse(file, emit) {
    const compile = await loadCompiler();
    const parser = new BankMessageParser(emit, (name) => {
      const schema = compiled.get(name) ?? compile(name);
      compiled.set(name, schema);
      return schema;
    });
    const hash = createHash('sha256');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let bytes = 0;
    for await (const part of file) {
      bytes += part.length;
      if (bytes > BANK_MESSAGE_LIMITS.bytes) throw limitExceeded({ limit: 'bytes', max: BANK_MESSAGE_LIMITS.bytes });
      hash.update(part);
      parser.push(decoded(decoder, part));
    }
    parser.push(decoded(decoder));
    return { message: parser.finish(), sha256: hash.digest('hex') };
  },
};

function decoded(decoder: InstanceType<typeof TextDecoder>, part?: Buffer): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch {
    // The decoder has no more to tell.
    throw unreadable('/', 'is not UTF-8');
  }
}
