import { createHash } from 'node:crypto';
import type { ParsingTask } from '../../files/file-parsing/parsing-task';
import { type Iso20022Schema, type CompiledSchema, loadCompiler } from '../../payments/iso20022/iso20022-schemas';
import type { EntryRows, ParsedBankMessage } from '../bank-entries/parsed-message';
import { limitExceeded } from '../../files/xml/bounded-xml';
import { BANK_MESSAGE_LIMITS, BankMessageParser } from './bank-message-parser';
import { FileDecoder } from './file-decoder';

export interface BankMessageFile {
  readonly message: ParsedBankMessage;
  /** Of the bytes of the file. */
  readonly sha256: string;
  readonly isUtf8: boolean;
}

const compiled = new Map<Iso20022Schema, CompiledSchema>();

/** Reads the file of a bank message; its entries are handed out as they come. */
export const bankMessageFile = task('bank-message', () => {
  const decoder = new FileDecoder();
  return { decoder, isReadIn: (encoding) => decoder.isReadIn(encoding) };
});

/** The same of a text that a request carried: it was decoded on its way, whatever it declares. */
export const bankMessageText = task('bank-message-text', () => ({
  decoder: new FileDecoder('utf-8'),
  isReadIn: () => true,
}));

type Reading = () => { readonly decoder: FileDecoder; readonly isReadIn: (encoding: string) => boolean };

function task(name: string, reading: Reading): ParsingTask<EntryRows, BankMessageFile> {
  return {
    name,
    async parse(file, emit) {
      const compile = await loadCompiler();
      const { decoder, isReadIn } = reading();
      const schemaOf = (schemaName: Iso20022Schema) => {
        const schema = compiled.get(schemaName) ?? compile(schemaName);
        compiled.set(schemaName, schema);
        return schema;
      };
      const parser = new BankMessageParser(emit, schemaOf, isReadIn);
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const part of file) {
        bytes += part.length;
        if (bytes > BANK_MESSAGE_LIMITS.bytes) throw limitExceeded({ limit: 'bytes', max: BANK_MESSAGE_LIMITS.bytes });
        hash.update(part);
        parser.push(decoder.decode(part));
      }
      parser.push(decoder.finish());
      return { message: parser.finish(), sha256: hash.digest('hex'), isUtf8: decoder.isUtf8 };
    },
  };
}
