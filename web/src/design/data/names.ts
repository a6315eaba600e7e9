/** The names of a case's data as `data.schema.json` declares them. */
import { isObject, type JsonObject } from '@/shared/form/rules/schema';

export const DATA_SCHEMA = 'data.schema.json';
export const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a name may hold, each with the schema that says so. */
export const TYPES = {
  text: { type: 'string' },
  number: { type: 'number' },
  yesNo: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  moment: { type: 'string', format: 'date-time' },
  texts: { type: 'array', items: { type: 'string' } },
  group: { type: 'object', properties: {} },
} as const satisfies Record<string, JsonObject>;

export type TypeName = keyof typeof TYPES;

interface DeclaredName {
  name: string;
  /** Undefined for what only the source tells, such as a form's fields. */
  type: TypeName | undefined;
}

/** The names that a schema declares, in its order; undefined when it cannot be read. */
export function namesIn(text: string): DeclaredName[] | undefined {
  const properties = read(text)?.properties;
  if (properties === undefined) return read(text) && [];
  if (!isObject(properties)) return undefined;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: isObject(schema) ? typeOf(schema) : undefined,
  }));
}

/** The schema with one more name; undefined when it cannot be read. */
export function withName(text: string, name: string, type: TypeName): string | undefined {
  const schema = read(text);
  if (!schema) return undefined;
  const properties = isObject(schema.properties) ? schema.properties : {};
  return write({ ...schema, properties: { ...properties, [name]: TYPES[type] } });
}

/** The schema without a name; undefined when it cannot be read. */
export function withoutName(text: string, name: string): string | undefined {
  const schema = read(text);
  if (!schema || !isObject(schema.properties)) return undefined;
  const left = Object.entries(schema.properties).filter(([one]) => one !== name);
  return write({ ...schema, properties: Object.fromEntries(left) });
}

function typeOf(schema: JsonObject): TypeName | undefined {
  const format = schema.format;
  switch (schema.type) {
    case 'string':
      return format === 'date' ? 'date' : format === 'date-time' ? 'moment' : format === undefined ? 'text' : undefined;
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'yesNo';
    case 'object':
      return 'group';
    case 'array':
      return isObject(schema.items) && schema.items.type === 'string' ? 'texts' : undefined;
    default:
      return undefined;
  }
}

/** An empty text is a schema that declares nothing yet. */
function read(text: string): JsonObject | undefined {
  if (!text.trim()) return { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function write(schema: JsonObject): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
