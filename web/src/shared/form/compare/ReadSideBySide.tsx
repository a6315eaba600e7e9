import { useTranslation } from 'react-i18next';
import type { FormDefinition } from '../CaseForm';
import { AnswerOf } from './AnswerOf';
import { labelOf } from './DifferenceChoice';
import type { Difference } from './differences';
import styles from './SideBySide.module.css';

interface Props {
  form: FormDefinition;
  differences: readonly Difference[];
  mine: string;
  theirs: string;
}

/** Two answers side by side where nothing is left to choose: only to be read. */
export function ReadSideBySide({ form, differences, mine, theirs }: Props) {
  const { i18n } = useTranslation();
  return (
    <ul className={styles.read}>
      {differences.map((one) => (
        <li key={JSON.stringify(one.place)} className={styles.field} data-content>
          <p className={styles.name}>{labelOf(form, one, i18n.language)}</p>
          <div className={styles.sides}>
            {(['yours', 'theirs'] as const).map((side) => (
              <div key={side} className={styles.side}>
                <p className={styles.whose}>{side === 'yours' ? mine : theirs}</p>
                <div className={styles.answer}>
                  <AnswerOf form={form} difference={one} value={one[side]} />
                </div>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
