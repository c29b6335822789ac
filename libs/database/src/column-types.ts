import { types, type CustomTypesConfig } from 'pg';
import { DefaultNamingStrategy, type ValueTransformer } from 'typeorm';

const INT8: number = types.builtins.INT8;
const DATE: number = types.builtins.DATE;
type Parser = (value: string) => unknown;

/**
 * How Postgres values become JavaScript ones on our connections: `int8` a bigint (a number would round money), `date` the text
 * `YYYY-MM-DD` (a Date would move the day with the time zone). `numeric` stays text; `timestamptz` becomes a Date. Given to each
 * connection, never set globally.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: (type: Parameters<typeof types.getTypeParser>[0], format?: 'text' | 'binary'): Parser => {
    const oid: number = type;
    if (oid === INT8) return BigInt;
    if (oid === DATE) return String;
    return types.getTypeParser(type, format ?? 'text') as Parser;
  },
};

/** For `@Column('bigint', { transformer: bigintColumn })`: the property is a bigint, null stays null. */
export const bigintColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString() ?? value,
  from: (value: bigint | string | number | null | undefined) =>
    value === null || value === undefined ? value : BigInt(value),
};

/** Properties in camelCase, columns in snake_case: `amountMinor` is stored in `amount_minor`. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string, embeddedPrefixes: string[]): string {
    return [...embeddedPrefixes, ...(customName ? [customName] : [propertyName])].map(snakeCase).join('_');
  }

  override tableName(targetName: string, userSpecifiedName: string | undefined): string {
    return userSpecifiedName ?? snakeCase(targetName);
  }
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** As many as there are columns in our statements. */
const propertyNames = new Map<string, string>();

/** Under which name a row has a column: `amount_minor` is read as `amountMinor`. */
export function propertyName(column: string): string {
  let name = propertyNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    propertyNames.set(column, name);
  }
  return name;
}
