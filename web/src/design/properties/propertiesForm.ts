/** The properties of an element as a JSON Schema with its words and widgets, for the same form theme that people fill in. */
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import type { TFunction } from 'i18next';
import type { Drawn } from '../drawing/bpmn';
import { CHOSEN, type FieldId, fieldsOf, isNeeded, LONG, MAPPED, TEXT_OR_FEEL, TICKED } from './fields';
import { TIMER_KINDS } from './timers';

export interface Choice {
  value: string;
  text: string;
}

interface Asked {
  t: TFunction<'draft'>;
  element: Drawn;
  /** What a field may be filled in with, where that is known. */
  choices: (field: FieldId) => readonly Choice[];
  /** In how many places what the element refers to is referred to. */
  uses: number;
}

const SUGGESTED: ReadonlySet<FieldId> = new Set([
  'form',
  'bind',
  'groups',
  'group',
  'startGroups',
  'decision',
  'result',
  'handler',
  'calledElement',
  'version',
  'unit',
  'collect',
  'link',
]);

export function schemaOf(asked: Asked): RJSFSchema {
  const fields = fieldsOf(asked.element);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field, fieldSchema(field, asked)])),
    required: fields.filter((field) => isNeeded(asked.element, field) || TICKED.has(field)),
  };
}

function fieldSchema(field: FieldId, { t, choices }: Asked): RJSFSchema {
  const title = t(`field.${field}`);
  if (TICKED.has(field)) return { type: 'boolean', title };
  if (MAPPED.has(field)) {
    const text = (name: 'target' | 'expression') => ({ type: 'string' as const, title: t(`mapping.${name}`) });
    const row = { target: text('target'), expression: text('expression') };
    return { type: 'array', title, items: { type: 'object', properties: row, required: Object.keys(row) } };
  }
  const among = (texts: readonly Choice[]) => texts.map(({ value, text }) => ({ const: value, title: text }));
  if (field === 'timerKind')
    return {
      type: 'string',
      title,
      oneOf: among(TIMER_KINDS.map((one) => ({ value: one, text: t(`timerKind.${one}`) }))),
    };
  if (field === 'rounds')
    return {
      type: 'string',
      title,
      oneOf: among((['parallel', 'sequential'] as const).map((one) => ({ value: one, text: t(`rounds.${one}`) }))),
    };
  if (field === 'notBy' && choices(field).length > 0) return { type: 'string', title, oneOf: among(choices(field)) };
  return { type: 'string', title };
}

export function uiOf({ t, element, choices, uses }: Asked): UiSchema {
  const ui: UiSchema = { 'ui:submitButtonOptions': { norender: true } };
  for (const field of fieldsOf(element)) {
    const shared = uses > 1 && field.endsWith('Name') ? t('hint.shared', { count: uses }) : '';
    const words = { hint: shared || t(`hint.${field}`, { defaultValue: '' }) || undefined, answers: {} };
    const feel = {
      'ui:widget': 'feel',
      'ui:options': { words, isLong: LONG.has(field), isText: TEXT_OR_FEEL.has(field) },
    };
    if (MAPPED.has(field)) {
      const options = { words: { answers: {} }, isLong: false, isText: false, isAnswer: field === 'output' };
      ui[field] = {
        'ui:options': { words, orderable: false },
        items: { expression: { 'ui:widget': 'feel', 'ui:options': options } },
      };
    } else if (LONG.has(field) || TEXT_OR_FEEL.has(field)) ui[field] = feel;
    else if (CHOSEN.has(field)) ui[field] = { 'ui:widget': 'choose', 'ui:options': { words, offered: choices(field) } };
    else if (SUGGESTED.has(field))
      ui[field] = { 'ui:widget': 'suggest', 'ui:options': { words, suggested: choices(field) } };
    else ui[field] = { ...(TICKED.has(field) && { 'ui:widget': 'checkbox' }), 'ui:options': { words } };
  }
  return ui;
}
