import { types, type CustomTypesConfig } from 'pg';
import { DefaultNamingStrategy, type ValueTransformer } from 'typeorm';

const parseInt8 = (text: string): bigint => BigInt(text);
const asText = (text: string): string => text;

/**
 * How Postgres values become JavaScript ones on our connections: `int8` a bigint (a number would round money), `date` the text
 * `YYYY-MM-DD` (a Date would move the day with the time zone). `numeric` stays text; `timestamptz` becomes a Date. Given to each
 * connection, never set globally.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === types.builtins.INT8) return parseInt8;
    if (oid === types.builtins.DATE) return asText;
    return types.getTypeParser(oid, format as 'text');
  }) as CustomTypesConfig['getTypeParser'],
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
