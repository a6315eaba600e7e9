/** What stands in the address of a file of decisions: which decision, how it is shown, and the line that is gone to. */
export interface DecisionSearch {
  decision?: string;
  view?: 'table' | 'needs' | 'source';
  line?: number;
}

export function readDecision(search: Record<string, unknown>): DecisionSearch {
  const { decision, view, line } = search;
  return {
    ...(typeof decision === 'string' && decision && { decision }),
    ...((view === 'table' || view === 'needs' || view === 'source') && { view }),
    ...(view === 'source' && typeof line === 'number' && line > 0 && { line }),
  };
}
