import styles from './CaseChoices.module.css';
import type { CaseDetail } from './cases';
import { Choosing } from './Choosing';
import { nameIn } from './names';

/** Where people choose what is done: each activity that may be begun now. What stands under `open` already is left out. */
export function CaseChoices({ about, open }: { about: CaseDetail; open: string | undefined }) {
  const { choices, tasks, case: one } = about;
  return choices
    .filter(({ taskId }) => taskId === null || taskId !== open)
    .map((choice) => (
      <section key={choice.path} className={styles.choice} aria-label={nameIn(choice)}>
        <h2 data-content>{nameIn(choice)}</h2>
        <Choosing
          choice={choice}
          caseId={one.id}
          revision={tasks.find(({ id }) => id === choice.taskId)?.revision ?? 0}
        />
      </section>
    ));
}
