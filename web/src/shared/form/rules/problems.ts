/** From broken rules to problems that a person can mend, in the same words as the server's (engine/form). */
import sentences from '../../../../../engine/form/sentences.json';
import type { Breach } from './breaches';
import { fieldKey, type Field } from './fields';
import { isObject, pointer, valueAt, type Json, type JsonObject, type Path } from './schema';

export interface Problem {
  /** JSON Pointer to the field; empty for the form as a whole. */
  path: string;
  keyword: string;
  text: string;
}

interface Wording {
  fields: ReadonlyMap<string, Field>;
  /** The form's own texts in the reader's language (texts.sv.json or texts.en.json). */
  texts: JsonObject;
  language: 'sv' | 'en';
}

type Pair = readonly string[];
type Pairs = Readonly<Record<string, Pair>>;

const byType: Pairs = sentences.byType;
const byFormat: Pairs = sentences.byFormat;
const byKeyword: Pairs = sentences.byKeyword;
const byKeywordOfOne: Pairs = sentences.byKeywordOfOne;
const EMPTY_WHEN_ONE = ['minLength', 'minItems'];

/** A problem for each breach; several that tell the same about a field are one, and a wrong type has no other. */
export function problemsOf(breaches: readonly Breach[], values: Json, wording: Wording): Problem[] {
  const found = new Map<string, { breach: Breach; path: Path }>();
  for (const breach of breaches.map(toldAlike)) {
    const path = missing(breach)[0] ?? breach.path;
    const place = `${pointer(path)} ${breach.keyword}`;
    if (!found.has(place)) found.set(place, { breach, path });
  }
  const all = [...found.values()];
  const wrongType = new Set(all.filter(({ breach }) => breach.keyword === 'type').map(({ path }) => pointer(path)));
  return all
    .filter(({ breach, path }) => breach.keyword === 'type' || !wrongType.has(pointer(path)))
    .map(({ breach, path }) => ({
      path: pointer(path),
      keyword: breach.keyword,
      text: textOf(path, breach, values, wording),
    }));
}

function toldAlike(breach: Breach): Breach {
  const { alternatives = [] } = breach;
  const inner = alternatives.flat();
  const alike = new Set(inner.map((one) => JSON.stringify([one.path, one.keyword, one.limit])));
  const [first] = inner;
  return first && alike.size === 1 && alternatives.every((branch) => branch.length > 0) ? toldAlike(first) : breach;
}

/** Where a choice among missing fields could be met. */
function missing({ alternatives = [] }: Breach): Path[] {
  const inner = alternatives.flat();
  const all = alternatives.every((branch) => branch.length > 0) && inner.every(({ keyword }) => keyword === 'required');
  return inner.length > 0 && all ? inner.map(({ path }) => path) : [];
}

function textOf(path: Path, breach: Breach, values: Json, wording: Wording): string {
  const own = valueAt(wording.texts, ['errors', fieldKey(path), breach.keyword]);
  if (typeof own === 'string') return own;
  const words = speaker(wording.language);
  if (breach.keyword === 'additionalProperties') return words(sentences.unexpected);
  const row = path.slice(0, -1).findLast((part) => typeof part === 'number');
  const prefix = typeof row === 'number' ? fill(words(sentences.row), 'row', String(row + 1)) : '';
  return prefix + sentence(path, breach, values, wording);
}

function sentence(path: Path, breach: Breach, values: Json, wording: Wording): string {
  const words = speaker(wording.language);
  const key = fieldKey(path);
  const field = wording.fields.get(key);
  const label = key ? labelOf(key, wording.texts) : String(wording.texts.title ?? words(sentences.form));
  const several = missing(breach);
  if (several.length > 0) {
    const names = [...new Set(several.map((one) => labelOf(fieldKey(one), wording.texts)))];
    return asked(names.join(words(sentences.or)), 'fill', words);
  }
  if (breach.keyword === 'const' && breach.limit === true) return asked(label, 'tick', words);
  if (isUnanswered(path, breach, values)) return asked(label, howOf(field), words);
  const told = fill(words(ruleOf(breach, field)), 'limit', numberIn(breach.limit, wording.language));
  const hint = breach.keyword === 'pattern' ? valueAt(wording.texts, ['fields', key, 'hint']) : undefined;
  return `${about(label, told)} ${typeof hint === 'string' ? hint : ''}`.trimEnd();
}

function isUnanswered(path: Path, { keyword, limit }: Breach, values: Json): boolean {
  if (keyword === 'required' || (EMPTY_WHEN_ONE.includes(keyword) && limit === 1)) return true;
  const value = valueAt(values, path);
  return path.length > 0 && keyword !== 'falseSchema' && (value === undefined || value === null || value === '');
}

function howOf(field: Field | undefined): 'tick' | 'choose' | 'fill' {
  if (!field) return 'fill';
  return field.ticked ? 'tick' : field.options.length > 0 || field.register ? 'choose' : 'fill';
}

function ruleOf(breach: Breach, field: Field | undefined): Pair {
  const { keyword, limit, alternatives = [], path } = breach;
  if (keyword === 'type') {
    const formatted = field && byFormat[field.kind];
    if (formatted) return formatted;
    if (field && field.options.length > 0 && field.kind !== 'list') return byKeyword.enum ?? sentences.check;
    const kind = [limit].flat().find((one) => one !== 'null');
    return byType[String(kind)] ?? sentences.check;
  }
  if (keyword === 'format') return byFormat[String(limit)] ?? sentences.check;
  const here = pointer(path);
  const onlyConstants = alternatives.every(
    (branch) => branch.length > 0 && branch.every((one) => one.keyword === 'const' && pointer(one.path) === here),
  );
  if (alternatives.length > 0 && onlyConstants) return byKeyword.enum ?? sentences.check;
  return (limit === 1 ? byKeywordOfOne[keyword] : undefined) ?? byKeyword[keyword] ?? sentences.check;
}

/** The field's label; for an item of a list the list's; without one, the field's own name. */
export function labelOf(key: string, texts: JsonObject): string {
  const fields = isObject(texts.fields) ? texts.fields : {};
  const own = fields[key] ?? fields[key.replace(/\[\]$/, '')];
  if (isObject(own) && typeof own.label === 'string') return own.label;
  return key.replace(/\[\]$/, '').split('.').at(-1) ?? key;
}

function asked(label: string, how: 'tick' | 'choose' | 'fill', words: (pair: Pair) => string): string {
  const bare = label.trim().replace(/:$/, '');
  return fill(words(sentences.fill[bare.endsWith('?') ? 'answer' : how]), 'label', bare);
}

function about(label: string, told: string): string {
  const bare = label.trim().replace(/:$/, '');
  return bare.endsWith('?') ? `${bare} ${told.charAt(0).toUpperCase()}${told.slice(1)}.` : `${bare}: ${told}.`;
}

function speaker(language: 'sv' | 'en'): (pair: Pair) => string {
  return (pair) => pair[language === 'sv' ? 0 : 1] ?? '';
}

function fill(text: string, name: string, value: string): string {
  return text.replaceAll(`{${name}}`, value);
}

function numberIn(limit: Json | undefined, language: 'sv' | 'en'): string {
  const text = typeof limit === 'number' ? String(limit) : JSON.stringify(limit ?? '');
  return language === 'sv' ? text.replace('.', ',') : text;
}
