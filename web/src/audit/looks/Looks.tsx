import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { clockOf, momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { looksQuery } from '../queries';
import { Table } from '../Table';
import styles from '../events/EventList.module.css';
import { sittings, type Sitting } from './folded';

const KNOWN = [
  ...(['answers', 'case', 'case-search', 'export', 'file', 'files', 'history', 'incident', 'looks', 'notes'] as const),
  ...(['outgoing-messages', 'task-form', 'verification'] as const),
];

/** Who has looked at the case, when, and at what: the latest first. */
export function Looks({ caseId }: { caseId: string }) {
  const { t } = useTranslation('audit');
  const query = useInfiniteQuery(looksQuery(caseId));
  const { data, error, refetch } = query;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const found = sittings(data.pages.flatMap(({ items }) => items));
  return (
    <div className={styles.events}>
      <p>{t('looks.what')}</p>
      {found.length === 0 && <p>{t('looks.none')}</p>}
      {found.length > 0 && (
        <Table label={t('looks.title')} columns={[t('looks.who'), t('looks.when'), t('looks.at')]}>
          {found.map((one, index) => (
            // Several may have looked at the same moment; what is shown is only ever added to.
            <tr key={index}>
              <th scope="row" data-content>
                {one.who.name}
              </th>
              <td>
                <When sitting={one} />
              </td>
              <td>
                {one.what.map((what) => t(`looks.kind.${KNOWN.find((kind) => kind === what) ?? 'other'}`)).join(', ')}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <MoreRows of={query} />
    </div>
  );
}

function When({ sitting: { from, to } }: { sitting: Sitting }) {
  const last = clockOf(to);
  return (
    <>
      <time dateTime={from}>{momentOf(from)}</time>
      {last !== clockOf(from) && (
        <>
          –<time dateTime={to}>{last}</time>
        </>
      )}
    </>
  );
}
