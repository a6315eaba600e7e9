/** JSON values and schemas as the forms have them: dialect 2020-12, references within the file only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The path as a JSON Pointer (RFC 6901). */
export function pointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The parts of a JSON Pointer, also as the fragment of an address, with numbers where `value` has lists. */
export function pathOf(text: string, value: unknown): Path {
  const path: (string | number)[] = [];
  let here = value;
  const isFragment = text.startsWith('#');
  for (const coded of text.split('/').slice(1)) {
    const part = (isFragment ? decodeURIComponent(coded) : coded).replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(isList(here) ? Number(part) : part);
    here = valueAt(here, path.slice(-1));
  }
  return path;
}

/** What stands at the path, or undefined. */
export function valueAt(value: unknown, path: Path): Json | undefined {
  let here = value;
  for (const part of path) {
    if (isObject(here)) here = here[String(part)];
    else if (isList(here) && typeof part === 'number') here = here[part];
    else return undefined;
  }
  return here as Json | undefined;
}

/** What `#/…` refers to, or undefined. */
export function resolve(root: JsonObject, reference: string): JsonObject | undefined {
  const found = valueAt(root, pathOf(reference, root));
  return isObject(found) ? found : undefined;
}
