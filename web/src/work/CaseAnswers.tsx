import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnswerList } from '@/shared/form/AnswerList';
import type { JsonObject } from '@/shared/form/rules/schema';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './CaseAnswers.module.css';
import { answersQuery } from './cases';
import { nameIn } from './names';

/** What is known so far: each form that was filled in, in its own words, opened by those who want to read it. */
export function CaseAnswers({ caseId }: { caseId: string }) {
  const { t } = useTranslation('work');
  const { data, error, refetch } = useQuery(answersQuery(caseId));
  return (
    <section className={styles.answers} aria-labelledby="answers">
      <h2 id="answers">{t('answers.title')}</h2>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <p>{t('answers.none')}</p>}
      {data?.map(({ task, form, values, by, at }) => {
        const { title } = form.texts[currentLanguage()];
        return (
          <details key={`${at} ${task?.id ?? 'start'}`} className={styles.one}>
            <summary>
              <span className={styles.name} data-content>
                {task ? nameIn(task) : typeof title === 'string' ? title : t('answers.start')}
              </span>
              <span className={styles.who}>{t('answers.by', { name: by.name, when: momentOf(at) })}</span>
            </summary>
            <div className={styles.inner}>
              <AnswerList form={form} values={values as JsonObject} />
            </div>
          </details>
        );
      })}
    </section>
  );
}
