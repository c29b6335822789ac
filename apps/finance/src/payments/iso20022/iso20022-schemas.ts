import { Injectable } from '@nestjs/common';
import { readShipped } from '#platform';

/** What a bank sends. */
export const BANK_MESSAGE_SCHEMAS = ['pain.002.001.10', 'camt.053.001.08', 'camt.054.001.08'] as const;
export const ISO20022_SCHEMAS = ['pain.001.001.09', ...BANK_MESSAGE_SCHEMAS] as const;
export type Iso20022Schema = (typeof ISO20022_SCHEMAS)[number];

export interface CompiledSchema {
  /** Throws a SchemaFault when the document is not well-formed or does not follow the schema. */
  assertValid(xml: string): void;
}

/** What breaks a schema: the first faults, and the line of the first one. */
export class SchemaFault extends Error {
  constructor(
    message: string,
    readonly line: number,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** Validates bank messages against the official XSDs that ship with the service; each is compiled once, on first use. */
@Injectable()
export class Iso20022Schemas {
  private readonly compiled = new Map<Iso20022Schema, Promise<CompiledSchema>>();

  /** The compiled schema; asked for before a transaction begins, since compiling takes its time. */
  ready(name: Iso20022Schema): Promise<CompiledSchema> {
    const schema = this.compiled.get(name) ?? loadCompiler().then((compile) => compile(name));
    this.compiled.set(name, schema);
    return schema;
  }
}

/** Loads the validator of libxml2; what comes back compiles a schema at once. */
export async function loadCompiler(): Promise<(name: Iso20022Schema) => CompiledSchema> {
  // An ES module that awaits at top level: it can be imported, not required.
  const { ParseOption, XmlDocument, XmlLibError, XsdValidator } = await import('libxml2-wasm');
  return (name) => {
    const validator = XsdValidator.fromDoc(
      XmlDocument.fromString(readShipped(`apps/finance/data/iso20022/${name}.xsd`)),
    );
    const validate = (xml: string): void => {
      const document = XmlDocument.fromString(xml, {
        option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_COMPACT,
      });
      try {
        validator.validate(document);
      } finally {
        document.dispose();
      }
    };
    return {
      assertValid(xml) {
        try {
          validate(xml);
        } catch (error) {
          if (error instanceof XmlLibError) throw new SchemaFault(error.message, error.details[0]?.line ?? 1, error);
          throw error;
        }
      },
    };
  };
}
