import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { incidentsQuery, type IncidentRow } from './queries';
import type { IncidentFilter } from './incidentFilter';
import styles from './IncidentItem.module.css';
import { useMayOperate } from './operate';

interface Props {
  filter: IncidentFilter & { message: string };
  /** The ids of those that are chosen. */
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** The incidents of one cause, the oldest first, to be opened or chosen one by one. */
export function GroupMembers({ filter, chosen, onChoose }: Props) {
  const { message, ...others } = filter;
  const query = useInfiniteQuery(incidentsQuery(others, message));
  const { data, error, isPending, refetch } = query;
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.members}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      <ul className={styles.memberList}>
        {rows.map((row) => (
          <Member
            key={row.incident.id}
            row={row}
            isChosen={chosen.has(row.incident.id)}
            onChoose={(isChosen) => {
              const without = [...chosen].filter((id) => id !== row.incident.id);
              onChoose(new Set(isChosen ? [...without, row.incident.id] : without));
            }}
          />
        ))}
      </ul>
      <MoreRows of={query} />
    </div>
  );
}

interface MemberProps {
  row: IncidentRow;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function Member({ row: { incident, case: found }, isChosen, onChoose }: MemberProps) {
  const { t } = useTranslation('audit');
  const mayOperate = useMayOperate(found.unit);
  return (
    <li className={styles.member}>
      {mayOperate && (
        <label className={styles.option}>
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={t('incidents.choose1', { number: found.number })}
            onChange={({ target }) => {
              onChoose(target.checked);
            }}
          />
        </label>
      )}
      <Link
        to="/audit/incidents/$incidentId"
        params={{ incidentId: incident.id }}
        className={styles.memberLink}
        data-content
      >
        {found.number}
      </Link>
      <span className={styles.facts}>
        <span>{t('incidents.since', { when: momentOf(incident.openedAt) })}</span>
        {incident.attempts > 1 && <span>{t('incidents.attempts', { count: incident.attempts })}</span>}
      </span>
    </li>
  );
}
