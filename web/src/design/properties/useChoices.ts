import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { formsIn, readForm } from '../draftForms/formFiles';
import { formsQuery } from '../forms/forms';
import { definitionsQuery } from '../packages';
import { definitionsOf, type Drawn, isActivity, type Said, tagOf } from '../drawing/bpmn';
import { exchangeable } from '../drawing/kinds';
import type { Studio } from '../drawing/Studio';
import { useWords } from '../drawing/useWords';
import { type FieldId } from './fields';
import { ANOTHER, declaredIn, isThrowing } from './declared';
import { handlersQuery, handlersToChoose } from './handlers';
import type { Names } from './names';
import type { Choice } from './propertiesForm';
import { fittingTriggers } from './triggers';

/** What a field may be filled in with, as far as it is known: what is deployed, what the draft has, what others say. */
export function useChoices(
  studio: Studio,
  element: Drawn,
  files: Readonly<Record<string, string>>,
  names: Names | undefined,
): (field: FieldId) => readonly Choice[] {
  const { data: definitions = [] } = useQuery(definitionsQuery);
  const { data: forms = [] } = useQuery(formsQuery);
  const { data: handlers = [] } = useQuery(handlersQuery);
  const words = useWords();
  const { t } = useTranslation('draft');
  return (field) => {
    switch (field) {
      case 'form':
        return formsToChoose(files, forms);
      case 'calledElement':
        return definitions.map((one) => ({ value: one.key, text: one.name }));
      case 'decision':
        return plain(decisionsIn(files));
      case 'handler':
        return handlersToChoose(handlers, t);
      case 'kind':
        return exchangeable(element).map((one) => ({ value: one, text: words.tag(one) }));
      case 'trigger':
        return fittingTriggers(element).map((one) => ({ value: one, text: t(`happens.${one || 'nothing'}`) }));
      case 'message':
      case 'signal':
      case 'error':
      case 'escalation':
        return [
          { value: '', text: t(`declared.${field}.${isThrowing(element) ? 'noneThrown' : 'none'}`) },
          ...declaredIn(studio, field).map((one) => ({ value: one.id ?? '', text: called(one) || t('words.unnamed') })),
          { value: ANOTHER, text: t(`declared.${field}.another`) },
        ];
      case 'activity':
        return [
          { value: '', text: t('declared.everything') },
          ...besides(studio, element).map((one) => ({ value: one.id, text: words.name(one) })),
        ];
      case 'link':
        return plain(linksIn(studio, element));
      case 'version':
        return plain(['deployed-with', 'latest']);
      case 'groups':
      case 'group':
      case 'startGroups':
        return plain(groupsIn(studio, element));
      case 'bind':
      case 'result':
      case 'collect':
        return plain((names?.names ?? []).map((one) => one.name).filter((name) => !/^case(\.|$)/.test(name)));
      case 'notBy':
        return studio.steps
          .filter((step) => step !== element && ['userTask', 'manualTask'].includes(tagOf(step)))
          .map((step) => ({ value: step.id, text: words.name(step) }));
      default:
        return [];
    }
  };
}

/** The draft's own forms and those that are deployed, by what they are called. */
function formsToChoose(
  files: Readonly<Record<string, string>>,
  deployed: readonly { key: string; title: Record<'sv' | 'en', string> }[],
): Choice[] {
  const language = currentLanguage();
  const own = formsIn(files).map((key) => {
    const title = readForm(files, key)?.form.texts[language].title;
    return { value: key, text: typeof title === 'string' && title ? title : key };
  });
  const others = deployed
    .filter(({ key }) => !own.some((one) => one.value === key))
    .map(({ key, title }) => ({ value: key, text: title[language] }));
  return [...own, ...others].sort((one, other) => one.text.localeCompare(other.text, language));
}

function decisionsIn(files: Readonly<Record<string, string>>): string[] {
  const tables = Object.entries(files).filter(([name]) => name.endsWith('.dmn'));
  return tables.flatMap(([, text]) =>
    [...text.matchAll(/<(?:\w+:)?decision\s[^>]*?id="([^"]+)"/g)].map((one) => one[1] ?? ''),
  );
}

/** `Late (late-code)`. */
function called(declared: Said): string {
  const code = declared.get('errorCode') ?? declared.get('escalationCode');
  const name = declared.name?.trim() ?? '';
  if (typeof code !== 'string' || !code || code === name) return name;
  return name ? `${name} (${code})` : code;
}

/** The activities in the same process or sub-process, which alone an event may have undone. */
function besides(studio: Studio, element: Drawn): Drawn[] {
  const within = element.businessObject.$parent;
  return studio.steps.filter((step) => isActivity(step) && step.businessObject.$parent === within);
}

function linksIn(studio: Studio, element: Drawn): string[] {
  const others = studio.steps.filter((step) => step !== element);
  return others.flatMap(definitionsOf).flatMap((one) => {
    const name = one.$type === 'bpmn:LinkEventDefinition' ? one.get('name') : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function groupsIn(studio: Studio, element: Drawn): string[] {
  const names: string[] = [];
  studio.get('elementRegistry').forEach((one) => {
    if (one === element) return;
    for (const name of ['stegvis:group', 'stegvis:groups']) {
      const value = one.businessObject.get(name);
      if (typeof value === 'string') names.push(...value.split(/\s+/));
    }
  });
  return names;
}

function plain(names: readonly string[]): Choice[] {
  return [...new Set(names.filter(Boolean))].sort().map((name) => ({ value: name, text: name }));
}
