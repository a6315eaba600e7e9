import type { Drawn } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import type { Finding } from '../drafts';
import { placeOf } from './places';

/** Selects an element and moves the focus to what is said about it, with the diagram beside. */
export function show(studio: Studio, element: Drawn): void {
  studio.select(element);
  requestAnimationFrame(() => {
    const properties = document.getElementById('properties');
    properties?.focus({ preventScroll: true });
    properties?.scrollIntoView({ block: 'nearest' });
  });
}

/** Selects what a finding is about and moves the focus to the field that mends it, or to the properties as a whole. */
export function goTo(studio: Studio, finding: Finding, element: Drawn): void {
  studio.select(element);
  // The properties are drawn anew for what is selected.
  requestAnimationFrame(() => {
    const place = placeOf(finding, element);
    const field = place.length > 0 ? document.getElementById(['property', ...place].join('_')) : null;
    const target = field ?? document.getElementById('properties');
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  });
}
