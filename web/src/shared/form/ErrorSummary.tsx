import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ErrorSummary.module.css';
import type { Problem } from './rules/problems';
import { pathOf, type Json } from './rules/schema';

interface Props {
  /** The form's own id, with which the ids of its fields begin. */
  id: string;
  /** In the order of the page. */
  problems: readonly Problem[];
  values: Json;
}

/** What has to be mended, each with a link to its field. It takes the focus when it comes. */
export function ErrorSummary({ id, problems, values }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (problems.length === 0) return null;
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1} aria-labelledby={`${id}-summary`}>
      <h2 id={`${id}-summary`}>{t('form.summary', { count: problems.length })}</h2>
      <ul>
        {problems.map(({ path, keyword, text }) => (
          <li key={path + keyword} data-content>
            {path === '' ? text : <FieldLink to={[id, ...pathOf(path, values)].join('_')}>{text}</FieldLink>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function FieldLink({ to, children }: { to: string; children: string }) {
  return (
    <a
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault();
        const found = document.getElementById(to);
        const control = 'input:not([type=hidden]), select, textarea, button';
        const target = found?.matches(control) ? found : found?.querySelector<HTMLElement>(control);
        target?.focus();
        target?.scrollIntoView({ block: 'center' });
      }}
    >
      {children}
    </a>
  );
}
