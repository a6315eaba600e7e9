import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { useSession } from '@/shared/session';
import { dayOf, momentOf } from '@/shared/time';
import { historyQuery, type CaseDetail, type Position } from './cases';
import styles from './CaseNow.module.css';
import { DueBadge } from './DueBadge';
import { FirstFew } from './FirstFew';
import { nameIn, taskNameIn, useGroupNames } from './names';
import { standingOf, type Going } from './standing';

const LED_HERE = 3;

/** Where the case stands in words: what is going on, who is waited for, what comes next, and what led here. */
export function CaseNow({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const { going, watched } = standingOf(about);
  const isOpen = about.case.status === 'active' || about.case.status === 'suspended';
  return (
    <section className={styles.now} aria-labelledby="now">
      <h2 id="now">{t('now.title')}</h2>
      {!isOpen && <p>{t(`now.over.${about.case.status as 'completed'}`)}</p>}
      {about.case.status === 'suspended' && <p>{t('now.suspended')}</p>}
      {isOpen && going.length === 0 && <p>{t('now.nothing')}</p>}
      {going.length > 0 && (
        <FirstFew of={going} className={styles.list}>
          {(one) => <GoingOn key={one.position.token} going={one} />}
        </FirstFew>
      )}
      {about.incidents.some(({ state }) => state === 'open') && <p className={styles.stuck}>{t('now.stuck')}</p>}
      {watched.length > 0 && (
        <>
          <h3>{t('now.watched')}</h3>
          <ul className={styles.plain}>
            {watched.map(({ position, due }) => (
              <li key={position.token}>
                <span data-content>{nameIn(position)}</span>: {momentOf(due)}
              </li>
            ))}
          </ul>
        </>
      )}
      <LedHere about={about} />
    </section>
  );
}

function GoingOn({ going: { position, task, wait, inside, count } }: { going: Going }) {
  const { t } = useTranslation('work');
  return (
    <li className={styles.one}>
      <p className={styles.what}>
        {task ? (
          <Link to="/work/tasks/$taskId" params={{ taskId: task.id }} className={styles.link} data-content>
            {taskNameIn(task)}
          </Link>
        ) : (
          <strong data-content>{nameIn(position)}</strong>
        )}
        {count > 1 && <span>{t('now.times', { count })}</span>}
      </p>
      {inside.length > 0 && (
        <p className={styles.soft}>{t('now.inside', { name: inside.map((one) => nameIn(one)).join(' › ') })}</p>
      )}
      <p>
        {task ? <Who task={task} /> : <For wait={wait} />}
        {position.since && <span className={styles.soft}> {t('now.since', { date: dayOf(position.since) })}</span>}
      </p>
      {task?.due && (
        <p>
          <DueBadge due={task.due} />
        </p>
      )}
      <Next position={position} />
    </li>
  );
}

/** Who is to do the task. */
function Who({ task }: { task: NonNullable<Going['task']> }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  const groupNames = useGroupNames();
  if (task.claimedBy?.id === me) return t('now.you');
  if (task.claimedBy) return t('now.person', { name: task.claimedBy.name });
  if (task.onBehalfOf) return t('now.party', { party: task.onBehalfOf });
  if (task.candidateGroups.length > 0) return t('now.groups', { groups: groupNames(task.candidateGroups) });
  return t('now.anybody');
}

/** What is waited for, where it is not a person here. */
function For({ wait }: { wait: Going['wait'] }) {
  const { t } = useTranslation('work');
  if (wait?.due) return t('now.until', { date: momentOf(wait.due) });
  if (wait?.kind === 'message') return t('now.message');
  if (wait?.kind === 'condition') return t('now.condition');
  return t('now.waiting');
}

/** What comes after this. */
function Next({ position }: { position: Position }) {
  const { t } = useTranslation('work');
  const sv = currentLanguage() === 'sv';
  if (position.ahead.length === 0) return null;
  const steps = position.ahead.map((step) => {
    const way = sv ? step.way : step.wayEn;
    return way ? t('now.way', { way, name: nameIn(step) }) : nameIn(step);
  });
  return (
    <p className={styles.soft}>
      {t('now.next')} <span data-content>{steps.join(' · ')}</span>
    </p>
  );
}

/** The last things that were told of the case. */
function LedHere({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const { data } = useInfiniteQuery(historyQuery(about.case.id, about.historyLength));
  const told = data?.pages[0]?.filter(({ isDetail }) => !isDetail).slice(0, LED_HERE) ?? [];
  if (told.length === 0) return null;
  return (
    <>
      <h3>{t('now.ledHere')}</h3>
      <ul className={styles.plain}>
        {told.map(({ sequence, at, text }) => (
          <li key={sequence}>
            <span className={styles.soft}>{dayOf(at)}</span> <span data-content>{text[currentLanguage()]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
