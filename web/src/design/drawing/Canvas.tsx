import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import type { RefObject } from 'react';
import styles from './drawing.module.css';
import type { Studio } from './Studio';
import { Toolbar } from './Toolbar';

interface Props {
  place: RefObject<HTMLDivElement | null>;
  /** Undefined until the diagram is open. */
  studio: Studio | undefined;
  /** Grows each time somebody asks in the diagram for something to be added. */
  asked: number;
}

/** The diagram with its tools above it. bpmn.io's mark stays free in its corner. */
export function Canvas({ place, studio, asked }: Props) {
  return (
    <div className={styles.drawing}>
      {studio && <Toolbar studio={studio} asked={asked} />}
      <div ref={place} className={styles.canvas} data-foreign data-diagram={studio ? 'drawn' : 'coming'} />
    </div>
  );
}
