/** The diagram for those who use no pointer or do not see it: names that are spoken, and keys that follow the flows. */
import { type Drawn, isFlow, isStep } from './bpmn';
import type { Studio, Wishes, Words } from './Studio';

const FIRST = 2000; // before bpmn-js's own keys

export function nameShapes(studio: Studio, words: Words): void {
  const svg = studio.get('canvas')._svg;
  svg.setAttribute('role', 'application');
  svg.setAttribute('aria-label', words.canvas());
  studio.get('elementRegistry').forEach((element) => {
    name(studio, element, words);
  });
}

function name(studio: Studio, element: Drawn, words: Words): void {
  if (element.labelTarget || !isStep(element)) return;
  const graphics = studio.get('canvas').getGraphics(element);
  if (!graphics) return; // it has just been taken away
  graphics.setAttribute('role', 'img');
  graphics.setAttribute('aria-label', words.spoken(element));
}

export function listenToKeys(studio: Studio, words: Words, wishes: Wishes): void {
  // What a step is called tells where it leads, so that a change elsewhere may change it too.
  studio.get('eventBus').on('commandStack.changed', () => {
    nameShapes(studio, words);
  });
  studio.get('keyboard').addListener(FIRST, ({ keyEvent }) => {
    const { key, altKey, ctrlKey, metaKey } = keyEvent;
    if (ctrlKey || metaKey) return undefined;
    if (altKey && key.startsWith('Arrow')) walk(studio, key);
    else if (altKey) return undefined;
    else if (key === 'a') wishes.append();
    else if (key === 'c') wishes.connect();
    else if (key === 'Enter') wishes.properties();
    else return undefined;
    keyEvent.preventDefault();
    return true;
  });
}

/** To the next step with the right arrow, back with the left, to the other ways out of the step before with up and down. */
function walk(studio: Studio, key: string): void {
  const here = studio.selected;
  const there = isStep(here) ? neighbour(here, key) : isFlow(here) ? here.target : studio.steps[0];
  if (there) studio.select(there);
}

function neighbour(here: Drawn, key: string): Drawn | undefined {
  if (key === 'ArrowRight') return here.outgoing.find(isFlow)?.target;
  const before = here.incoming.find(isFlow)?.source;
  if (key === 'ArrowLeft') return before;
  const beside = before?.outgoing.filter(isFlow).flatMap((flow) => flow.target ?? []) ?? [];
  const step = key === 'ArrowDown' ? 1 : -1;
  return beside[(beside.indexOf(here) + step + beside.length) % beside.length];
}
