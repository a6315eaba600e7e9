import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import styles from './problems.module.css';
import type { Finding } from '../drafts';
import type { Studio } from '../drawing/Studio';
import { useWords } from '../drawing/useWords';
import { goTo } from './goTo';
import { elementOf } from './places';

interface Props {
  studio: Studio;
  findings: readonly Finding[] | undefined;
  /** Whether what is drawn has been changed since it was checked. */
  isOld: boolean;
}

/** What the engine finds wrong with the draft, each with the way to where it is mended. */
export function ProblemsPanel({ studio, findings, isOld }: Props) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const language = currentLanguage();
  const sorted = [...(findings ?? [])].sort((one, other) => one.severity.localeCompare(other.severity));
  return (
    <section className={styles.panel} aria-labelledby="problems">
      <h2 id="problems">{t('problems.title')}</h2>
      <p role="status" aria-live={isOld ? 'off' : 'polite'}>
        {findings && !isOld ? t('problems.count', { count: findings.length }) : t('problems.checking')}
      </p>
      {sorted.length > 0 && (
        <ul className={styles.list}>
          {sorted.map((finding, index) => {
            const element = elementOf(studio, finding);
            return (
              <li key={`${finding.rule} ${finding.element} ${String(index)}`} className={styles[finding.severity]}>
                <p>
                  <strong>{t(finding.severity === 'error' ? 'problems.error' : 'problems.warning')}</strong>{' '}
                  <span data-content>
                    {finding.message[language]} {finding.remedy[language]}
                  </span>
                </p>
                {element ? (
                  <Button
                    look="plain"
                    data-content
                    onClick={() => {
                      goTo(studio, finding, element);
                    }}
                  >
                    {t('problems.show', { kind: words.kind(element), name: words.name(element) })}
                  </Button>
                ) : (
                  <code>{[finding.file, finding.line].filter(Boolean).join(':')}</code>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
