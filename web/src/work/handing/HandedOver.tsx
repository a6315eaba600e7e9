import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { momentOf } from '@/shared/time';
import { Notice } from '@/shared/ui/Notice';
import type { CaseDetail } from '../cases';
import type { TaskForm } from '../tasks';
import styles from './HandedOver.module.css';

type Handover = NonNullable<TaskForm['handover']>;

/** Who gave the task to the one who reads, and what they said with it. */
export function HandedOver({ opened: { task, handover } }: { opened: TaskForm }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  if (!handover || task.claimedBy?.id !== me || task.state !== 'claimed' || handover.by.id === me) return null;
  return <Said handover={handover} told={t('handOver.told', tellingOf(handover))} />;
}

/** Who handed the case to the one who reads, and what they said with it. */
export function CaseHandedOver({ about: { case: one, handover } }: { about: CaseDetail }) {
  const { t } = useTranslation('case');
  const me = useSession().userId;
  if (!handover || one.responsible?.id !== me || one.endedAt !== null) return null;
  return <Said handover={handover} told={t('handOver.told', tellingOf(handover))} />;
}

function tellingOf({ by, at }: Handover) {
  return { name: by.name, when: momentOf(at) };
}

function Said({ handover: { note }, told }: { handover: Handover; told: string }) {
  return (
    <Notice tone="info">
      <p data-content>{told}</p>
      {note && (
        <blockquote className={styles.note} data-content>
          {note}
        </blockquote>
      )}
    </Notice>
  );
}
