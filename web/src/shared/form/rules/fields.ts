/** The fields that a schema lets a person fill in, by the names that texts use: `endDate`, `plan.goal`, `signers[].name`. */
import { isList, isObject, resolve, type Json, type JsonObject, type Path } from './schema';

export interface Field {
  key: string;
  /** A temporal format's name, else `string`, `number`, `boolean`, `list`, `object` or `any`. */
  kind: string;
  /** The answers to choose among, as text; empty for a free answer. */
  options: readonly string[];
  register?: string | undefined;
  /** Whether only true will do. */
  ticked: boolean;
  /** Whether it is an earlier answer that is only shown. */
  isShown: boolean;
  /** In a list, the member by which its items are told apart. */
  itemKey?: string | undefined;
}

type Schemas = readonly JsonObject[];

const TEMPORAL = ['date', 'date-time', 'time', 'duration'];

/** Every property that the schema declares, in the order of the file. */
export function fieldsOf(schema: JsonObject): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>();
  collect([schema], schema, '', found);
  return found;
}

export function fieldKey(path: Path): string {
  return path.reduce<string>(
    (key, part) => (typeof part === 'number' ? `${key}[]` : key ? `${key}.${part}` : part),
    '',
  );
}

function collect(schemas: Schemas, root: JsonObject, prefix: string, found: Map<string, Field>): void {
  const here = applicable(schemas, root);
  const names = new Set(here.flatMap((schema) => (isObject(schema.properties) ? Object.keys(schema.properties) : [])));
  for (const name of names) {
    const key = prefix ? `${prefix}.${name}` : name;
    const inner = applicable(members(here, name), root);
    found.set(key, fieldAt(key, inner, root));
    collect(inner, root, key, found);
  }
  const items = prefix ? elements(here) : [];
  if (items.length > 0) collect(items, root, `${prefix}[]`, found);
}

function fieldAt(key: string, here: Schemas, root: JsonObject): Field {
  const all = [...here, ...applicable(elements(here), root)];
  const options = all.flatMap((schema) => [
    ...(isList(schema.enum) ? schema.enum : []),
    ...(isList(schema.oneOf) ? schema.oneOf.map((one) => (isObject(one) ? (one.const ?? null) : null)) : []),
  ]);
  const registers = all.map((schema) => schema['x-register']).filter((name) => typeof name === 'string');
  return {
    key,
    kind: kindOf(here),
    options: [...new Set(options.filter((value) => value !== null).map(String))],
    register: registers[0],
    ticked: here.some((schema) => schema.const === true),
    isShown: here.some((schema) => schema.readOnly === true),
    itemKey: here.map((schema) => schema['x-key']).find((name) => typeof name === 'string'),
  };
}

function kindOf(here: Schemas): string {
  const temporal = TEMPORAL.find((name) => here.some((schema) => schema.format === name));
  if (temporal) return temporal;
  const types = here
    .flatMap((schema) => schema.type ?? [])
    .filter((name) => typeof name === 'string' && name !== 'null');
  const [first] = types;
  if (typeof first === 'string') return { integer: 'number', array: 'list' }[first] ?? first;
  return here.some((schema) => isObject(schema.properties)) ? 'object' : 'any';
}

/** The schemas and all that they bring along: references and parts that always or sometimes hold. */
function applicable(schemas: readonly (Json | undefined)[], root: JsonObject): JsonObject[] {
  return schemas.filter(isObject).flatMap((schema) => {
    const { $ref, allOf, anyOf, oneOf, dependentSchemas } = schema;
    const more = [
      typeof $ref === 'string' ? resolve(root, $ref) : undefined,
      ...[allOf, anyOf, oneOf].flatMap((list) => (isList(list) ? list : [])),
      schema.then,
      schema.else,
      ...(isObject(dependentSchemas) ? Object.values(dependentSchemas) : []),
    ];
    return [schema, ...applicable(more, root)];
  });
}

function members(here: Schemas, name: string): (Json | undefined)[] {
  return here.map(({ properties }) => (isObject(properties) ? properties[name] : undefined));
}

function elements(here: Schemas): JsonObject[] {
  return here.map(({ items }) => items).filter(isObject);
}
