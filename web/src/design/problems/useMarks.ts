import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawn } from '../drawing/bpmn';
import { type Mark, markProblems } from '../drawing/markers';
import type { Studio } from '../drawing/Studio';
import type { Finding } from '../drafts';
import { elementOf } from './places';

/** Marks on the diagram what has problems. */
export function useMarks(studio: Studio, findings: readonly Finding[]): void {
  const { t } = useTranslation('draft');
  const changes = studio.changes();
  useEffect(() => {
    const found = new Map<Drawn, Mark['kind']>();
    for (const finding of findings) {
      const element = elementOf(studio, finding);
      if (element && found.get(element) !== 'error')
        found.set(element, finding.severity === 'error' ? 'error' : 'warning');
    }
    const marks = [...found].map(([element, kind]) => ({ element, kind, text: t(`problems.${kind}Mark`) }));
    markProblems(studio, marks);
  }, [studio, findings, t, changes]);
}
