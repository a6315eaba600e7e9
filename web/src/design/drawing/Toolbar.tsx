import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { fits, GROUPS, isFrame, type KindName, mayLeadOn } from './kinds';
import styles from './drawing.module.css';
import { isStep } from './bpmn';
import type { Studio } from './Studio';
import { useWords } from './useWords';

interface Props {
  studio: Studio;
  /** Grows each time somebody asks in the diagram for something to be added. */
  asked: number;
}

/** What can be drawn: dragged with a pointer, or added after what is selected. And the way back. */
export function Toolbar({ studio, asked }: Props) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const palette = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [seen, setSeen] = useState(asked);
  useSyncExternalStore(studio.subscribe, studio.changes);
  if (seen !== asked) {
    setSeen(asked);
    setOpen(true);
  }
  useEffect(() => {
    if (asked > 0) palette.current?.querySelector('button')?.focus();
  }, [asked]);
  const { selected } = studio;
  const stack = studio.get('commandStack');
  const told = mayLeadOn(selected) ? t('tools.addAfter', { name: words.name(selected) }) : t('tools.add');
  function add(kind: KindName): void {
    const beside = mayLeadOn(selected) || isStep(selected) || isFrame(selected) ? selected : undefined;
    studio.add(kind, beside);
    setOpen(false);
    studio.get('canvas').focus();
  }
  return (
    <div className={styles.tools}>
      <div role="group" aria-label={t('tools.history')} className={styles.row}>
        <Button
          aria-disabled={!stack.canUndo()}
          onClick={() => {
            studio.undo();
          }}
        >
          {t('tools.undo')}
        </Button>
        <Button
          aria-disabled={!stack.canRedo()}
          onClick={() => {
            studio.redo();
          }}
        >
          {t('tools.redo')}
        </Button>
      </div>
      <Button
        className={styles.opener}
        aria-expanded={isOpen}
        aria-controls="palette"
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {t('tools.open')}
      </Button>
      <div id="palette" role="group" aria-labelledby="add" className={styles.palette} data-open={isOpen} ref={palette}>
        <strong id="add" data-content>
          {told}
        </strong>
        {Object.entries(GROUPS).map(([group, kinds]) => (
          <Kinds key={group} studio={studio} kinds={kinds} onAdd={add} />
        ))}
      </div>
    </div>
  );
}

interface KindsProps {
  studio: Studio;
  kinds: readonly KindName[];
  onAdd: (kind: KindName) => void;
}

/** The kinds that belong together, those that fit where one is. */
function Kinds({ studio, kinds, onAdd }: KindsProps) {
  const { t } = useTranslation('draft');
  return (
    <div className={styles.kinds}>
      {kinds
        .filter((kind) => fits(kind, studio.selected))
        .map((kind) => (
          <Button
            key={kind}
            draggable
            onDragStart={(event) => {
              event.preventDefault();
              if (kind !== 'lane') studio.drag(kind, event.nativeEvent);
            }}
            onClick={() => {
              onAdd(kind);
            }}
          >
            {t(`add.${kind}`)}
          </Button>
        ))}
    </div>
  );
}
