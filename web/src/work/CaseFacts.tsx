import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EntryName } from '@/shared/form/AnswerList';
import { fieldsOf } from '@/shared/form/rules/fields';
import type { JsonObject } from '@/shared/form/rules/schema';
import { dayOf } from '@/shared/time';
import styles from './CaseFacts.module.css';
import { answersQuery, type CaseDetail } from './cases';
import { useUnitName } from './names';

/** Whom the case is about, whose it is, and how it stands. */
export function CaseFacts({ about: { case: one } }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const unitName = useUnitName();
  const subject = useSubject(one.id);
  return (
    <dl className={styles.facts}>
      {subject && (
        <div>
          <dt>{t('case.about')}</dt>
          <dd data-content>
            <EntryName register={subject.register} entry={subject.entry} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('case.status')}</dt>
        <dd>{t(`case.statuses.${one.status as 'active'}`)}</dd>
      </div>
      <div>
        <dt>{t('case.unit')}</dt>
        <dd data-content>{unitName(one.unit)}</dd>
      </div>
      <div>
        <dt>{t('case.responsible')}</dt>
        <dd data-content={one.responsible ? true : undefined}>{one.responsible?.name ?? t('case.nobody')}</dd>
      </div>
      <div>
        <dt>{t('case.started')}</dt>
        <dd>
          {one.startedBy
            ? t('case.by', { date: dayOf(one.startedAt), name: one.startedBy.name })
            : dayOf(one.startedAt)}
        </dd>
      </div>
      {one.endedAt && (
        <div>
          <dt>{t('case.ended')}</dt>
          <dd>{dayOf(one.endedAt)}</dd>
        </div>
      )}
    </dl>
  );
}

/** The register entry that the start form names first, most often the person. */
function useSubject(caseId: string): { register: string; entry: string } | undefined {
  const { data = [] } = useQuery(answersQuery(caseId));
  const begun = data.find(({ task }) => task === null);
  if (!begun) return undefined;
  const fields = fieldsOf(begun.form.schema as JsonObject);
  for (const [name, value] of Object.entries(begun.values)) {
    const register = fields.get(name)?.register;
    if (register && typeof value === 'string') return { register, entry: value };
  }
  return undefined;
}
