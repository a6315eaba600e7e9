import { isList, isObject, resolve, type Json, type JsonObject } from './schema';

/**
 * The values as answers: an optional group in which nothing was written was not answered, and a list that must be there
 * but may be empty is empty where nothing was chosen.
 */
export function answered(root: JsonObject, values: JsonObject): JsonObject {
  return inGroup(root, root, values);
}

function inGroup(root: JsonObject, group: JsonObject, values: JsonObject): JsonObject {
  const properties = isObject(group.properties) ? group.properties : {};
  const required = isList(group.required) ? group.required : [];
  const found: Record<string, Json> = { ...values };
  for (const [name, declared] of Object.entries(properties)) {
    const schema = schemaOf(root, declared);
    const value = values[name];
    if (schema.type === 'object' && isObject(value)) {
      const inner = inGroup(root, schema, value);
      if (isUnanswered(inner) && !required.includes(name)) Reflect.deleteProperty(found, name);
      else found[name] = inner;
    } else if (schema.type === 'array') {
      if (isList(value)) found[name] = value.map((row) => inRow(root, schema, row));
      else if (value === undefined && required.includes(name) && !schema.minItems) found[name] = [];
    }
  }
  return found;
}

function inRow(root: JsonObject, list: JsonObject, row: Json): Json {
  return isObject(row) ? inGroup(root, schemaOf(root, list.items), row) : row;
}

function schemaOf(root: JsonObject, declared: Json | undefined): JsonObject {
  if (!isObject(declared)) return {};
  return typeof declared.$ref === 'string' ? (resolve(root, declared.$ref) ?? {}) : declared;
}

function isUnanswered(group: JsonObject): boolean {
  return Object.values(group).every(
    (value: Json | undefined) => value === undefined || (isList(value) && value.length === 0),
  );
}
