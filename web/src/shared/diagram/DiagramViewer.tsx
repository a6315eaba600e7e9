import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { Notice } from '@/shared/ui/Notice';
import styles from './DiagramViewer.module.css';
import { Drawing, type Mark } from './drawing';

export type { Mark } from './drawing';

interface Props {
  /** BPMN 2.0 XML with its shapes and edges. */
  xml: string;
  /** What the picture is of. Whoever shows it also tells the same as a list or table. */
  label: string;
  marks?: readonly Mark[];
  selected?: string | undefined;
  /** Called with the id of an element that was clicked. The same must be possible without pointing. */
  onSelect?: (element: string) => void;
}

const NONE: readonly Mark[] = [];

/** A diagram to look at: marked with icons and words, never with colour alone. bpmn.io's mark stays free in its corner. */
export function DiagramViewer({ xml, label, marks = NONE, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing>();
  const [failed, setFailed] = useState(false);
  const choose = useEffectEvent((element: string) => onSelect?.(element));

  useEffect(() => {
    const here = place.current;
    if (!here) return;
    let isGone = false;
    let open: Drawing | undefined;
    Drawing.open(here, xml, choose).then(
      (drawn) => {
        open = drawn;
        if (isGone) drawn.close();
        else setDrawing(drawn);
      },
      () => {
        if (!isGone) setFailed(true);
      },
    );
    return () => {
      isGone = true;
      open?.close();
      setDrawing(undefined);
      setFailed(false);
    };
  }, [xml]);
  useEffect(() => {
    drawing?.name(label);
  }, [drawing, label]);
  useEffect(() => {
    drawing?.mark(marks);
  }, [drawing, marks]);
  useEffect(() => {
    drawing?.select(selected);
  }, [drawing, selected]);

  return (
    <div className={styles.frame}>
      {failed && <Notice tone="warning">{t('diagram.failed')}</Notice>}
      {!drawing && !failed && <Loading />}
      <div ref={place} className={styles.canvas} data-foreign data-diagram={drawing ? 'drawn' : 'coming'} />
      <div className={styles.zoom} role="group" aria-label={t('diagram.zoom')}>
        <Button onClick={() => drawing?.nearer()}>{t('diagram.nearer')}</Button>
        <Button onClick={() => drawing?.farther()}>{t('diagram.farther')}</Button>
        <Button onClick={() => drawing?.fit()}>{t('diagram.whole')}</Button>
      </div>
    </div>
  );
}
