import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { Operation } from '#contracts';
import type { FieldWords } from './field';
import {
  CheckField,
  type Choices,
  DayField,
  MoneyField,
  NumberField,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from './inputs';

/** The words of one member of a request, and what cannot be read from its schema. */
export interface FieldDeclaration extends FieldWords {
  /** For an enum, or a text that is chosen. */
  readonly choices?: Choices;
  readonly initial?: unknown;
  readonly rows?: number;
  readonly currency?: string;
  /** What is sent for what was entered: the day after the last one, for instance. */
  readonly sent?: (value: unknown) => unknown;
  /** A field made by hand where none can be made from the schema. */
  readonly render?: () => ReactNode;
}

interface GeneratedFieldsProps {
  readonly operation: Operation;
  readonly names: readonly string[];
  readonly fields: Readonly<Record<string, FieldDeclaration>>;
}

/** Inputs for members of a request, made from the schema that checks it. */
export function GeneratedFields({ operation, names, fields }: GeneratedFieldsProps) {
  const { shape } = operation.request;
  return names.map((name) => {
    const schema = shape[name] as z.ZodType | undefined;
    const field = fields[name];
    return schema && field ? <GeneratedField key={name} name={name} schema={schema} field={field} /> : null;
  });
}

export function fieldNamesOf(operation: Operation, fields: Readonly<Record<string, FieldDeclaration>>): string[] {
  return Object.keys(operation.request.shape).filter((name) => name in fields);
}

/** Whether a request cannot do without a member. */
export function isRequired({ request }: Operation, name: string): boolean {
  const schema = request.shape[name] as z.ZodType | undefined;
  return schema !== undefined && !kindOf(schema).isOptional;
}

export function initialOf(fields: Readonly<Record<string, FieldDeclaration>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial ?? '']));
}

const RADIOS_MAX = 4;

function GeneratedField({
  name,
  schema,
  field,
}: {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly field: FieldDeclaration;
}) {
  const { choices, rows, currency, render, initial: _, sent: __, ...words } = field;
  if (render) return render();
  const { kind, isOptional } = kindOf(schema);
  const common = { ...words, name, isOptional: words.isOptional ?? isOptional };
  if (choices)
    return choices.length <= RADIOS_MAX && !isOptional ? (
      <RadioField {...common} choices={choices} />
    ) : (
      <SelectField {...common} choices={choices} />
    );
  switch (kind) {
    case 'day':
      return <DayField {...common} />;
    case 'money':
      return <MoneyField {...common} currency={currency ?? 'EUR'} />;
    case 'number':
      return <NumberField {...common} />;
    case 'flag':
      return <CheckField {...common} />;
    case 'text':
      return rows === undefined ? <TextField {...common} /> : <TextArea {...common} rows={rows} />;
  }
}

type Kind = 'day' | 'money' | 'number' | 'flag' | 'text';

/** What kind of input a schema asks for, and whether it may be left empty. */
export function kindOf(schema: z.ZodType): { kind: Kind; isOptional: boolean } {
  const def = schema.def as {
    type: string;
    innerType?: z.ZodType;
    format?: string;
    shape?: Record<string, unknown>;
    out?: z.ZodType;
    in?: z.ZodType;
  };
  if (def.innerType) {
    const inner = kindOf(def.innerType);
    return {
      ...inner,
      isOptional: inner.isOptional || ['optional', 'nullable', 'default', 'prefault'].includes(def.type),
    };
  }
  if (def.type === 'pipe') return kindOf((def.out?.def.type === 'transform' ? def.in : def.out) as z.ZodType);
  return { kind: plainKind(def), isOptional: false };
}

function plainKind(def: { type: string; format?: string; shape?: Record<string, unknown> }): Kind {
  if (def.type === 'number') return 'number';
  if (def.type === 'boolean') return 'flag';
  if (def.type === 'object' && def.shape && 'currency' in def.shape) return 'money';
  return def.format === 'date' ? 'day' : 'text';
}

/** What was entered, as the request wants it. */
export function sentOf(
  operation: Operation,
  fields: Readonly<Record<string, FieldDeclaration>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (isNoAmount(operation.request.shape[name] as z.ZodType | undefined, value)) return [name, undefined];
      const sent = fields[name]?.sent;
      return [name, sent ? sent(value) : value];
    }),
  );
}

// Beside an amount that may be left out its currency stands all the same.
function isNoAmount(schema: z.ZodType | undefined, value: unknown): boolean {
  if (!schema || typeof value !== 'object' || value === null || 'amount' in value) return false;
  const { kind, isOptional } = kindOf(schema);
  return kind === 'money' && isOptional;
}
