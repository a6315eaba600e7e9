import type { FormDefinition } from '../CaseForm';
import { isList, isObject, resolve, type Json, type JsonObject } from '../rules/schema';
import type { Difference, Step } from './differences';

/** The form with nothing but the field that two answers differ in, to write a third answer; undefined where it cannot stand alone. */
export function onlyField(form: FormDefinition, { place }: Difference): FormDefinition | undefined {
  const root = form.schema as JsonObject;
  const names = namesOf(place);
  const inner = along(root, root, names);
  if (!inner) return undefined;
  const schema = { ...(root.$defs !== undefined && { $defs: root.$defs }), ...inner };
  const texts = { sv: wordsOf(form.texts.sv as JsonObject), en: wordsOf(form.texts.en as JsonObject) };
  return { key: form.key, schema, ui: withoutOrder(form.ui as JsonObject), texts };
}

/** The value as a form of that field alone has it. */
export function asAnswers(place: readonly Step[], value: Json | undefined): JsonObject {
  const [first, ...rest] = place;
  if (typeof first !== 'string') return {};
  const inner = nested(rest, value);
  return inner === undefined ? {} : { [first]: inner };
}

/** What a form of that field alone says of it. */
export function fromAnswers(place: readonly Step[], answers: JsonObject): Json | undefined {
  let here: Json | undefined = answers;
  for (const step of place) {
    if (typeof step === 'string') here = isObject(here) ? here[step] : undefined;
    else here = isList(here) ? here[0] : undefined;
  }
  return here;
}

function nested([step, ...rest]: readonly Step[], value: Json | undefined): Json | undefined {
  if (step === undefined) return value;
  const inner = nested(rest, value);
  if (typeof step !== 'string') return inner === undefined ? [] : [inner];
  return inner === undefined ? {} : { [step]: inner };
}

function namesOf(place: readonly Step[]): string[] {
  const end = place.findIndex((step) => typeof step !== 'string');
  return (end < 0 ? place : place.slice(0, end)).filter((step) => typeof step === 'string');
}

function along(root: JsonObject, schema: JsonObject, [name, ...rest]: readonly string[]): JsonObject | undefined {
  if (name === undefined) return schema;
  const found = declared(root, schema, name);
  const inner = found && rest.length > 0 ? along(root, found, rest) : found;
  // Whether it may be left out is for the whole form to say.
  return inner && { type: 'object', properties: { [name]: inner }, required: [name] };
}

/** The first declaration of a member, also in parts that hold only sometimes. */
function declared(root: JsonObject, schema: JsonObject, name: string): JsonObject | undefined {
  const own = isObject(schema.properties) ? schema.properties[name] : undefined;
  if (isObject(own)) return own;
  const { $ref, allOf, anyOf, oneOf, dependentSchemas } = schema;
  const parts = [
    typeof $ref === 'string' ? resolve(root, $ref) : undefined,
    ...[allOf, anyOf, oneOf].flatMap((list) => (isList(list) ? list : [])),
    schema.then,
    schema.else,
    ...(isObject(dependentSchemas) ? Object.values(dependentSchemas) : []),
  ];
  for (const part of parts) {
    const found = isObject(part) ? declared(root, part, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Only the words of fields: what the form as a whole says was said already. */
function wordsOf({ fields = {} }: JsonObject): JsonObject {
  return { fields };
}

function withoutOrder(ui: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(ui)
      .filter(([name]) => name !== 'ui:order')
      .map(([name, value]) => [name, isObject(value) ? withoutOrder(value) : value]),
  );
}
