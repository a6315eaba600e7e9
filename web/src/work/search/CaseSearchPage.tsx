import '../case/texts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './CaseSearch.module.css';
import { FoundCaseItem } from './FoundCaseItem';
import { foundCasesQuery } from './foundCases';
import { readSought } from './sought';

/** The cases that were found: whom each is about, what it is, and what there is to do in it. */
export function CaseSearchPage() {
  const { t } = useTranslation('case');
  const text = useLocation({ select: ({ state }) => readSought(state) });
  const query = useInfiniteQuery(foundCasesQuery(text));
  const { data, error, isFetching, refetch } = query;
  const found = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t('search.title')}</PageTitle>
      {text ? <p data-content>{t('search.for', { text })}</p> : <p>{t('search.hint')}</p>}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {text && !data && isFetching && <Loading />}
      {text && data && (
        <p role="status">{found.length > 0 ? t('search.found', { count: found.length }) : t('search.none')}</p>
      )}
      {text && found.length > 0 && (
        <ul className={styles.list}>
          {found.map((one) => (
            <FoundCaseItem key={one.case.id} found={one} />
          ))}
        </ul>
      )}
      <MoreRows of={query} />
    </div>
  );
}
