/** Which rules of a form's schema an answer breaks, without turning text into code (the content policy forbids that). */
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import './formats';
import { isList, isObject, pathOf, pointer, resolve, valueAt, type Json, type JsonObject, type Path } from './schema';

/** One rule that is broken. `path` leads to the value, or to where a missing or unexpected member stands. */
export interface Breach {
  path: Path;
  keyword: string;
  limit?: Json | undefined;
  /** What each branch of an `anyOf` or `oneOf` misses. */
  alternatives?: readonly (readonly Breach[])[];
}

const GO_BETWEEN = new Set([
  ...['properties', 'patternProperties', 'items', 'prefixItems', 'allOf', 'if', '$ref', 'dependentSchemas'],
  ...['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'additionalItems', '$recursiveRef'],
]);
const MISSING = /property "(.*)"\.$|does not have "(.*)"\.$/;
const UNEXPECTED = /^Property "(.*)" does not match (?:additional|unevaluated) properties schema\.$/;
const checkers = new WeakMap<JsonObject, Validator>();

/** Every rule that the values break. The identity number and the size are for the server to find. */
export function breachesOf(schema: JsonObject, values: Json): Breach[] {
  const { errors } = checkerOf(schema).validate(values);
  return withoutDoubles([...told(errors, schema, values), ...blanks(schema, schema, values, [])]);
}

export function accepts(schema: JsonObject, values: Json): boolean {
  return breachesOf(schema, values).length === 0;
}

function checkerOf(schema: JsonObject): Validator {
  const known = checkers.get(schema);
  if (known) return known;
  const made = new Validator(schema as Schema, '2020-12', false);
  checkers.set(schema, made);
  return made;
}

function told(errors: readonly OutputUnit[], schema: JsonObject, values: Json): Breach[] {
  const found: Breach[] = [];
  for (let index = 0; index < errors.length; index += 1) {
    const unit = errors[index];
    if (!unit) continue;
    const inner = errors.slice(index + 1).filter((one) => one.keywordLocation.startsWith(`${unit.keywordLocation}/`));
    if (unit.keyword === 'anyOf' || unit.keyword === 'oneOf') {
      found.push({ ...plain(unit, schema, values), alternatives: branches(unit, inner, schema, values) });
      index += inner.length;
    } else if (unit.keyword === 'propertyNames') {
      found.push({ path: pathOf(unit.instanceLocation, values), keyword: 'propertyNames' });
      index += inner.length;
    } else {
      found.push(...one(unit, schema, values));
    }
  }
  return found;
}

function branches(unit: OutputUnit, inner: readonly OutputUnit[], schema: JsonObject, values: Json): Breach[][] {
  const { length } = (limitOf(unit, schema) as readonly Json[] | undefined) ?? [];
  return Array.from({ length }, (_, branch) => {
    const within = `${unit.keywordLocation}/${String(branch)}`;
    return told(
      inner.filter(({ keywordLocation }) => keywordLocation === within || keywordLocation.startsWith(`${within}/`)),
      schema,
      values,
    );
  });
}

function one(unit: OutputUnit, schema: JsonObject, values: Json): Breach[] {
  const path = pathOf(unit.instanceLocation, values);
  const unexpected = UNEXPECTED.exec(unit.error)?.[1];
  if (unexpected !== undefined && limitOf(unit, schema) === false)
    return [{ path: [...path, unexpected], keyword: 'additionalProperties' }];
  if (GO_BETWEEN.has(unit.keyword)) return [];
  if (unit.keyword === 'required')
    return [{ path: [...path, MISSING.exec(unit.error)?.[1] ?? ''], keyword: 'required' }];
  if (unit.keyword === 'dependentRequired')
    return [{ path: [...path, MISSING.exec(unit.error)?.[2] ?? ''], keyword: 'required' }];
  if (unit.keyword === 'false') return [{ path, keyword: 'falseSchema' }];
  return [plain(unit, schema, values)];
}

function plain(unit: OutputUnit, schema: JsonObject, values: Json): Breach {
  return { path: pathOf(unit.instanceLocation, values), keyword: unit.keyword, limit: limitOf(unit, schema) };
}

/** The keyword's value: its location goes through references, which the schema itself does not. */
function limitOf({ keywordLocation }: OutputUnit, schema: JsonObject): Json | undefined {
  let here: Json | undefined = schema;
  for (const part of pathOf(keywordLocation, schema)) {
    const name = String(part);
    if (name === '$ref' && isObject(here) && typeof here.$ref === 'string') here = resolve(schema, here.$ref);
    else here = valueAt(here, [isList(here) ? Number(name) : name]);
  }
  return here;
}

/** Text that must not be empty must not be white space only either. */
function blanks(schema: JsonObject, here: Json | undefined, values: Json | undefined, path: Path): Breach[] {
  if (!isObject(here) || values === undefined) return [];
  const found: Breach[] = [];
  const least = here.minLength;
  if (typeof values === 'string' && typeof least === 'number' && least >= 1 && values !== '' && values.trim() === '')
    found.push({ path, keyword: 'minLength', limit: 1 });
  for (const next of applied(schema, here, values)) found.push(...blanks(schema, next, values, path));
  if (isObject(values) && isObject(here.properties))
    for (const [name, inner] of Object.entries(here.properties))
      found.push(...blanks(schema, inner, values[name], [...path, name]));
  if (isList(values))
    values.forEach((item, index) => {
      const positional = isList(here.prefixItems) ? here.prefixItems[index] : undefined;
      found.push(...blanks(schema, positional ?? here.items, item, [...path, index]));
    });
  return found;
}

/** The schemas that speak of the same value as `here` does. */
function applied(schema: JsonObject, here: JsonObject, values: Json): (Json | undefined)[] {
  const found: (Json | undefined)[] = isList(here.allOf) ? [...here.allOf] : [];
  if (typeof here.$ref === 'string') found.push(resolve(schema, here.$ref));
  if (isObject(here.if)) {
    const holds = new Validator({ ...here.if, $defs: schema.$defs } as Schema, '2020-12').validate(values).valid;
    found.push(holds ? here.then : here.else);
  }
  if (isObject(here.dependentSchemas) && isObject(values))
    for (const [name, inner] of Object.entries(here.dependentSchemas)) if (name in values) found.push(inner);
  return found;
}

function withoutDoubles(breaches: readonly Breach[]): Breach[] {
  const found = new Map(
    breaches.map((breach) => [JSON.stringify([breach.path, breach.keyword, breach.limit]), breach]),
  );
  const unexpected = breaches
    .filter(({ keyword }) => keyword === 'additionalProperties')
    .map(({ path }) => pointer(path));
  // What no schema expects is met by the schema `false` as well, which tells nothing more.
  return [...found.values()].filter(
    ({ keyword, path }) => keyword !== 'falseSchema' || !unexpected.includes(pointer(path)),
  );
}
