import { useQuery } from '@tanstack/react-query';
import { definitionsQuery } from './packages';
import type { Drawn } from './studio/bpmn';
import { type FieldId, messagesOf } from './studio/fields';
import type { Studio } from './studio/Studio';

const HANDLERS = [
  'register.get',
  'register.find',
  'register.create',
  'register.update',
  'case.assign',
  'case.transfer',
  'case.start',
  'case.message',
] as const;

/** What a field may be filled in with, as far as it is known: forms and processes that are deployed, decisions of the draft. */
export function useChoices(studio: Studio, element: Drawn, field: FieldId, files: Record<string, string>): string[] {
  const { data: definitions = [] } = useQuery(definitionsQuery);
  switch (field) {
    case 'form':
      return unique(definitions.flatMap((one) => one.forms));
    case 'calledElement':
      return unique(definitions.map((one) => one.key));
    case 'decision':
      return unique(
        Object.entries(files)
          .filter(([name]) => name.endsWith('.dmn'))
          .flatMap(([, text]) =>
            [...text.matchAll(/<(?:\w+:)?decision\s[^>]*?id="([^"]+)"/g)].map((one) => one[1] ?? ''),
          ),
      );
    case 'handler':
      return [...HANDLERS];
    case 'message':
      return unique(messagesOf(studio).map((one) => one.name ?? ''));
    case 'version':
      return ['deployed-with', 'latest'];
    case 'groups':
    case 'group':
      return groupsIn(studio, element);
    default:
      return [];
  }
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
  return unique(names);
}

function unique(names: string[]): string[] {
  return [...new Set(names.filter(Boolean))].sort();
}
