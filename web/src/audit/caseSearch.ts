/** What stands in the address of one case: which part is shown, how events are chosen, and the moment of the replay. */
export const SORTS = ['people', 'rules', 'timers', 'systems', 'data', 'incidents', 'flow'] as const;
type Sort = (typeof SORTS)[number];

export interface CaseSearch {
  view?: 'replay' | 'looks';
  sort?: Sort;
  person?: string;
  element?: string;
  details?: boolean;
  at?: number;
  diagram?: string;
}

export function readCaseSearch(search: Record<string, unknown>): CaseSearch {
  const { view, sort, person, element, details, at, diagram } = search;
  return {
    ...((view === 'replay' || view === 'looks') && { view }),
    ...(SORTS.some((one) => one === sort) && { sort: sort as Sort }),
    ...(typeof person === 'string' && person && { person }),
    ...(typeof element === 'string' && element && { element }),
    ...(details === true && { details }),
    ...(typeof at === 'number' && at >= 1 && { at: Math.floor(at) }),
    ...(typeof diagram === 'string' && diagram && { diagram }),
  };
}

/** Which part of a long dossier is shown. */
export function readDossierPart({ part }: Record<string, unknown>): { part?: number } {
  return typeof part === 'number' && Number.isSafeInteger(part) && part > 1 ? { part } : {};
}
