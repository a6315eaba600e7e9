import type { FieldWords } from '../uiSchema';
import styles from './theme.module.css';
import { errorId, hintId } from './words';

interface Props {
  /** The field's id. */
  id: string;
  words: FieldWords;
  errors: readonly string[] | undefined;
}

/** A field's hint and its error, in that order, those that are there; `describedBy` ties the field to them. */
export function About({ id, words, errors }: Props) {
  return (
    <>
      {words.hint && (
        <p id={hintId(id)} className={styles.hint} data-content>
          {words.hint}
        </p>
      )}
      {errors && errors.length > 0 && (
        <p id={errorId(id)} className={styles.error}>
          {errors.join(' ')}
        </p>
      )}
    </>
  );
}
