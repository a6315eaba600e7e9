import './texts';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { AnswerList } from '@/shared/form/AnswerList';
import { differences } from '@/shared/form/compare/differences';
import { ReadSideBySide } from '@/shared/form/compare/ReadSideBySide';
import type { FormDefinition } from '@/shared/form/CaseForm';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { answersQuery } from '../cases';
import type { Task } from '../tasks';
import styles from './LeftOver.module.css';
import type { Draft } from './useDraft';

/** What one had written into a task that somebody else completed, or that is no longer needed: beside what was sent in, to be copied. */
export function LeftOver({ task, form, draft }: { task: Task; form: FormDefinition; draft: Draft }) {
  const { t } = useTranslation('drafting');
  const { data } = useQuery({ ...answersQuery(task.caseId), enabled: task.state === 'completed' });
  const sent = data?.find((one) => one.task?.id === task.id)?.values;
  const own = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const [isDropped, setDropped] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const found = isObject(sent) ? differences(form.schema as JsonObject, draft.values, sent) : undefined;

  async function drop(): Promise<void> {
    try {
      await ask(api.DELETE('/api/v1/tasks/{task_id}/draft', { params: { path: { task_id: task.id } } }));
      draft.forget();
      setDropped(true);
    } catch (problem) {
      setFailure(problem);
    }
  }
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(own.current?.innerText ?? '');
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }
  if (isDropped) return <p role="status">{t('left.dropped')}</p>;
  return (
    <section className={styles.left} aria-labelledby="left">
      <h2 id="left">{t('left.title')}</h2>
      <p>{t('left.kept')}</p>
      {failure !== undefined && <ProblemNotice error={failure} />}
      <div ref={own}>
        {found === undefined && <AnswerList form={form} values={draft.values} />}
        {found?.length === 0 && <p>{t('left.same')}</p>}
        {found && found.length > 0 && (
          <ReadSideBySide
            form={form}
            differences={found}
            mine={t('left.mine')}
            theirs={t('left.theirs', { name: task.endedBy?.name ?? '' })}
          />
        )}
      </div>
      <p className={styles.ways}>
        <Button onClick={() => void copy()}>{t('left.copy')}</Button>
        <Button look="danger" onClick={() => void drop()}>
          {t('left.drop')}
        </Button>
        <span role="status">{copied !== undefined && t(copied ? 'left.copied' : 'left.notCopied')}</span>
      </p>
    </section>
  );
}
