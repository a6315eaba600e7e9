import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import { ChangeList, HowMark } from './ChangeList';
import styles from './Difference.module.css';
import { type ChangedPart, type Difference, howOf, marksOf } from './differences';
import { GoingOn } from './GoingOn';

const SUBJECTS = ['form', 'decision', 'data', 'call', 'scenario', 'file'] as const;

/** The whole difference: in words, and on the two diagrams. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const { t } = useTranslation('difference');
  const { elements, flows, parts, unreadable } = difference;
  return (
    <>
      {difference.isEmpty && difference.before !== null && <Notice tone="info">{t('empty')}</Notice>}
      {unreadable.length > 0 && (
        <Notice tone="warning" title={t('unreadable')}>
          <ul className={styles.plain}>
            {unreadable.map((file) => (
              <li key={file}>
                <code>{file}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <GoingOn difference={difference} />
      {elements.length > 0 && (
        <section className={styles.section} aria-labelledby="elements">
          <h2 id="elements">{t('section.elements')}</h2>
          <ChangeList changes={elements} />
        </section>
      )}
      {flows.length > 0 && (
        <section className={styles.section} aria-labelledby="flows">
          <h2 id="flows">{t('section.flows')}</h2>
          <ChangeList changes={flows} />
        </section>
      )}
      {difference.isMoved && <p>{t('moved')}</p>}
      {SUBJECTS.map((subject) => (
        <Parts key={subject} subject={subject} parts={parts.filter((one) => one.subject === subject)} />
      ))}
      {difference.diagramBefore !== difference.diagramAfter && difference.before !== null && (
        <Diagrams difference={difference} />
      )}
      <p className={styles.kind}>{t('registers')}</p>
    </>
  );
}

function Parts({ subject, parts }: { subject: (typeof SUBJECTS)[number]; parts: readonly ChangedPart[] }) {
  const { t } = useTranslation('difference');
  const language = currentLanguage();
  if (parts.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby={`parts-${subject}`}>
      <h2 id={`parts-${subject}`}>{t(`section.${subject}`)}</h2>
      {parts.map((part) => (
        <article key={part.key} className={styles.part}>
          <h3>
            <HowMark how={part.how} /> <span data-content>{part.name[language]}</span>
          </h3>
          {part.name.sv !== part.key && (
            <p className={styles.kind}>
              <code>{part.key}</code>
            </p>
          )}
          {howOf(part) === 'rewritten' && <p>{t('rewritten')}</p>}
          {part.changes.length > 0 && <ChangeList changes={part.changes} />}
        </article>
      ))}
    </section>
  );
}

function Diagrams({ difference }: { difference: Difference }) {
  const { t } = useTranslation('difference');
  const language = currentLanguage();
  const words = {
    added: t('how.added'),
    removed: t('how.removed'),
    changed: t('how.changed'),
    rewritten: t('how.rewritten'),
  };
  const before = t('diagrams.before', { version: difference.before });
  const after =
    difference.after === null ? t('diagrams.afterDraft') : t('diagrams.after', { version: difference.after });
  return (
    <section className={styles.section} aria-labelledby="diagrams">
      <h2 id="diagrams">{t('diagrams.title')}</h2>
      <ul className={styles.legend} aria-label={t('diagrams.legend')}>
        {(['added', 'removed', 'changed'] as const).map((how) => (
          <li key={how}>
            <HowMark how={how} /> {t(`diagrams.${how}`)}
          </li>
        ))}
      </ul>
      {(['before', 'after'] as const).map((side) => (
        <section key={side} className={styles.section} aria-labelledby={`diagram-${side}`}>
          <h3 id={`diagram-${side}`}>{side === 'before' ? before : after}</h3>
          <DiagramViewer
            xml={inLanguage(side === 'before' ? difference.diagramBefore : difference.diagramAfter, language)}
            label={side === 'before' ? before : after}
            marks={marksOf(difference, side, words)}
          />
        </section>
      ))}
    </section>
  );
}
