import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import styles from './DraftPage.module.css';
import { DIAGRAM, type Finding } from './drafts';
import { fieldOf } from './problemFields';
import { fieldsOf } from './studio/fields';
import type { Studio } from './studio/Studio';

/** What the engine finds wrong with the draft, each with the way to where it is mended. */
export function ProblemsPanel({ studio, findings }: { studio: Studio; findings: readonly Finding[] | undefined }) {
  const { t } = useTranslation('design');
  const language = currentLanguage();
  return (
    <section className={styles.panel} aria-labelledby="problems">
      <h2 id="problems">{t('problems.title')}</h2>
      <p role="status">{findings ? t('problems.count', { count: findings.length }) : t('problems.checking')}</p>
      <ul className={styles.problems}>
        {findings?.map((finding, index) => {
          const element = finding.file === DIAGRAM ? studio.find(finding.element) : undefined;
          return (
            <li key={`${finding.rule} ${finding.element} ${String(index)}`}>
              <strong>{t(finding.severity === 'error' ? 'problems.error' : 'problems.warning')}</strong>{' '}
              <span data-content>
                {finding.message[language]} {finding.remedy[language]}
              </span>{' '}
              {element ? (
                <Button
                  look="plain"
                  onClick={() => {
                    studio.select(element);
                    const field = fieldOf(finding, fieldsOf(element));
                    requestAnimationFrame(() => {
                      const place = document.querySelector<HTMLElement>(
                        field ? `#properties-panel [data-field="${field}"]` : '#properties',
                      );
                      place?.focus();
                    });
                  }}
                >
                  {t('problems.show', { name: finding.name || finding.element })}
                </Button>
              ) : (
                <code>{[finding.file, finding.line].filter(Boolean).join(':')}</code>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
