/** What stands beside a selected element for those who point: what may come next, a flow to somewhere else, away with it. */
import { type Drawn, isFlow, isStep } from './bpmn';
import { type KindName, KINDS } from './kinds';
import type { Studio, Words } from './Studio';

interface Entry {
  group: string;
  title: string;
  html: string;
  action: { click: (event: Event) => void; dragstart?: (event: Event) => void };
}

const NEXT = { userTask: '▭', exclusiveGateway: '◇', endEvent: '◯' } as const satisfies Partial<
  Record<KindName, string>
>;

export function padEntries(studio: Studio, words: Words, element: Drawn): Record<string, Entry> {
  const remove: Entry = {
    ...shown(words.pad('remove'), '×'),
    action: {
      click: () => {
        studio.remove(element);
      },
    },
  };
  if (isFlow(element)) return { remove };
  if (!isStep(element)) return {};
  if (element.type === 'bpmn:EndEvent') return { remove };
  const next = Object.entries(NEXT).map(([kind, sign]): [string, Entry] => [
    kind,
    {
      ...shown(words.pad(kind as keyof typeof NEXT), sign),
      action: {
        click: () => {
          studio.add(kind as KindName, element);
        },
        dragstart: (event) => {
          studio.get('create').start(event, studio.get('elementFactory').createShape(KINDS[kind as KindName]), {
            source: element,
          });
        },
      },
    },
  ]);
  const start = (event: Event): void => {
    studio.get('connect').start(event, element);
  };
  const connect: Entry = { ...shown(words.pad('connect'), '→'), action: { click: start, dragstart: start } };
  return { ...Object.fromEntries(next), connect, remove };
}

function shown(title: string, sign: string) {
  return { group: 'stegvis', title, html: `<div class="entry" draggable="true">${sign}</div>` };
}
