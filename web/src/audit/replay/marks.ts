import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '@/shared/diagram/DiagramViewer';
import type { ElementTold } from './walk';

type Words = (told: ElementTold) => string[];

/** What has happened at an element, in words. */
export function useWords(): Words {
  const { t } = useTranslation('audit');
  return useCallback(
    ({ done, here, incidents, skipped, withdrawn }) => {
      const told = [
        incidents > 0 && t('mark.stuck'),
        here > 0 && t('mark.hereTimes', { count: here }),
        done > 0 && t('mark.doneTimes', { count: done }),
        skipped > 0 && t('mark.skippedTimes', { count: skipped }),
        withdrawn > 0 && t('mark.withdrawnTimes', { count: withdrawn }),
      ].filter((one) => one !== false);
      return told.length > 0 ? told : [t('mark.watches')];
    },
    [t],
  );
}

/** The marks of a diagram: one for each element that something happened to, and for each flow that was taken. */
export function marksOf(told: ReadonlyMap<string, ElementTold>, words: Words): Mark[] {
  const flows = new Map<string, number>();
  const marks: Mark[] = [];
  for (const one of told.values()) {
    for (const [flow, count] of one.flows) flows.set(flow, (flows.get(flow) ?? 0) + count);
    const kind = kindOf(one);
    if (kind)
      marks.push({
        element: one.element,
        kind,
        text: words(one).join(', '),
        count: kind === 'current' ? one.here : kind === 'done' ? one.done : undefined,
      });
  }
  for (const [element, count] of flows) marks.push({ element, kind: 'done', text: '', count });
  return marks;
}

function kindOf({ incidents, here, done, skipped, withdrawn }: ElementTold): Mark['kind'] | undefined {
  if (incidents > 0) return 'problem';
  if (here > 0) return 'current';
  if (done > 0) return 'done';
  return skipped + withdrawn > 0 ? 'withdrawn' : undefined;
}
