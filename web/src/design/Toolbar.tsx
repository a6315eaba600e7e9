import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import styles from './DraftPage.module.css';
import { isStep, type KindName, KINDS } from './studio/bpmn';
import type { Studio } from './studio/Studio';
import { useWords } from './useWords';

interface Props {
  studio: Studio;
  /** Grows each time somebody asks in the diagram for something to be added. */
  asked: number;
}

/** What can be drawn: dragged with a pointer, or added after what is selected. And the way back. */
export function Toolbar({ studio, asked }: Props) {
  const { t } = useTranslation('design');
  const words = useWords();
  const first = useRef<HTMLDivElement>(null);
  useSyncExternalStore(studio.subscribe, studio.changes);
  useEffect(() => {
    if (asked > 0) first.current?.querySelector('button')?.focus();
  }, [asked]);
  const { selected } = studio;
  const after = isStep(selected) && selected.type !== 'bpmn:EndEvent' ? selected : undefined;
  const stack = studio.get('commandStack');
  return (
    <div className={styles.tools}>
      <div role="group" aria-label={t('tools.history')} className={styles.row}>
        <Button
          disabled={!stack.canUndo()}
          onClick={() => {
            studio.undo();
          }}
        >
          {t('tools.undo')}
        </Button>
        <Button
          disabled={!stack.canRedo()}
          onClick={() => {
            studio.redo();
          }}
        >
          {t('tools.redo')}
        </Button>
      </div>
      <div role="group" aria-labelledby="add" className={styles.row} ref={first}>
        <span id="add">{after ? t('tools.addAfter', { name: words.name(after) }) : t('tools.add')}</span>
        {(Object.keys(KINDS) as KindName[]).map((kind) => (
          <Button
            key={kind}
            draggable
            onDragStart={(event) => {
              event.preventDefault();
              studio.drag(kind, event.nativeEvent);
            }}
            onClick={() => {
              studio.add(kind, after);
              studio.get('canvas').focus();
            }}
          >
            {t(`add.${kind}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
