/** Marks on what has problems: a badge with a sign and a word, never colour alone. */
import type { Drawn } from './bpmn';
import type { Studio } from './Studio';

export interface Mark {
  element: Drawn;
  kind: 'error' | 'warning';
  /** What the badge says. */
  text: string;
}

const TYPE = 'stegvis-problem';
const SIGNS = { error: '!', warning: '▲' } as const;

export function markProblems(studio: Studio, marks: readonly Mark[]): void {
  const overlays = studio.get('overlays');
  overlays.remove({ type: TYPE });
  for (const { element, kind, text } of marks) {
    if (element === studio.root) continue;
    const badge = document.createElement('div');
    badge.className = `${TYPE} ${TYPE}-${kind}`;
    badge.textContent = `${SIGNS[kind]} ${text}`;
    overlays.add(element.id, TYPE, { position: placeOf(element), html: badge });
  }
}

function placeOf(element: Drawn): { top: number; left: number } {
  return element.waypoints ? { top: -10, left: 0 } : { top: -14, left: -10 };
}
