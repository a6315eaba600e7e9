import { lazy, Suspense, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import type { CodeArea } from './CodeArea';
import styles from './SourceEditor.module.css';

export interface SourceProblem {
  /** From 1; without it the problem is with the file as a whole. */
  line?: number | undefined;
  text: string;
  isError: boolean;
}

interface Props {
  /** What the text is, such as the file's name. */
  label: string;
  language: 'json' | 'yaml' | 'xml';
  text: string;
  problems: readonly SourceProblem[];
  /** The line that is gone to when the text is shown. */
  line?: number | undefined;
  onChange: (text: string) => void;
}

const CodeView = lazy(() => import('./CodeView'));

/** A text with line numbers, undo, and what is wrong with it below, each with the way to its line. Tab leaves it. */
export function SourceEditor({ label, language, text, problems, line, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<CodeArea>(undefined);
  useEffect(() => {
    if (line !== undefined) area.current?.goTo(line);
  }, [line]);
  return (
    <section className={styles.frame} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} data-content>
          {label}
        </h2>
        <div role="group" aria-label={t('source.history')} className={styles.tools}>
          <Button onClick={() => area.current?.undo()}>{t('source.undo')}</Button>
          <Button onClick={() => area.current?.redo()}>{t('source.redo')}</Button>
        </div>
      </div>
      <Suspense fallback={<Loading />}>
        <CodeView
          key={label}
          label={t('source.label', { name: label })}
          language={language}
          text={text}
          problems={problems}
          onChange={onChange}
          onReady={(ready) => {
            area.current = ready;
            if (line !== undefined) ready.goTo(line);
          }}
        />
      </Suspense>
      <p role="status">{t('source.count', { count: problems.length })}</p>
      {problems.length > 0 && (
        <ul className={styles.problems} data-content>
          {problems.map((problem, index) => (
            <li key={`${String(problem.line)} ${problem.text} ${String(index)}`}>
              <strong>{t(problem.isError ? 'source.error' : 'source.warning')}</strong>{' '}
              {problem.line !== undefined && (
                <button type="button" className={styles.line} onClick={() => area.current?.goTo(problem.line ?? 1)}>
                  {t('source.line', { line: problem.line })}
                </button>
              )}{' '}
              {problem.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
