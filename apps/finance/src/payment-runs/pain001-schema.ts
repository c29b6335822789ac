import { Injectable } from '@nestjs/common';
import { readShippedData } from '../shipped-data';

interface Schema {
  assertValid(xml: string): void;
}

/** Validates bank files against the official XSD that ships with the service; compiled once, on first use. */
@Injectable()
export class Pain001Schema {
  private schema: Promise<Schema> | undefined;

  /** The compiled schema; asked for before a transaction begins, since compiling takes its time. */
  ready(): Promise<Schema> {
    this.schema ??= compile();
    return this.schema;
  }
}

async function compile(): Promise<Schema> {
  // An ES module that awaits at top level: it can be imported, not required.
  const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
  const xsd = XmlDocument.fromString(readShippedData('iso20022/pain.001.001.09.xsd'));
  const validator = XsdValidator.fromDoc(xsd);
  return {
    assertValid(xml) {
      const document = XmlDocument.fromString(xml);
      try {
        validator.validate(document);
      } finally {
        document.dispose();
      }
    },
  };
}
