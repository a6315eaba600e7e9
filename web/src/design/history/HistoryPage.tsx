import '../draft/texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DraftNav } from '../draft/DraftNav';
import { nameOf } from '../draft/nameOf';
import { type DraftSave, draftQuery, savesQuery } from '../drafts';
import { SavedState } from './SavedState';
import styles from './history.module.css';

const route = getRouteApi('/shell/design/drafts/$draftId/history');

/** Every state of a draft that was kept: who saved it and when. One may look at each, and go back to it. */
export function HistoryPage() {
  const { t } = useTranslation('draft');
  const { draftId } = route.useParams();
  const { state } = route.useSearch();
  const draft = useQuery({ ...draftQuery(draftId), staleTime: 0 });
  const saves = useQuery(savesQuery(draftId));
  const error = draft.error ?? saves.error;
  const retry = (): void => {
    void draft.refetch();
    void saves.refetch();
  };
  if (error) return <PageProblem error={error} onRetry={retry} />;
  if (!draft.data || !saves.data) return <Loading />;
  const chosen = saves.data.find((one) => one.revision === state);
  return (
    <div className={styles.page}>
      <PageTitle>{t('history.title', { name: nameOf(draft.data) })}</PageTitle>
      <DraftNav draftId={draftId} />
      <p>{t('history.about')}</p>
      {chosen && <SavedState key={chosen.revision} present={draft.data} save={chosen} />}
      <ol className={styles.list} reversed>
        {saves.data.map((save, index) => (
          <SaveItem key={save.revision} save={save} isPresent={index === 0} isChosen={save === chosen} id={draftId} />
        ))}
      </ol>
    </div>
  );
}

interface ItemProps {
  save: DraftSave;
  isPresent: boolean;
  isChosen: boolean;
  id: string;
}

function SaveItem({ save, isPresent, isChosen, id }: ItemProps) {
  const { t } = useTranslation('draft');
  const moment = momentOf(save.at);
  const what = isPresent ? 'present' : save.isCopy ? 'copy' : 'saved';
  return (
    <li className={styles.item} aria-current={isChosen || undefined}>
      <div>
        <strong>{t(`history.${what}`)}</strong>{' '}
        <time dateTime={save.at} data-content>
          {moment}
        </time>{' '}
        {t('history.by', { name: save.by.name })}
        <p className={styles.about}>
          {t('history.files', { count: save.files.length })}
          {save.basedOn !== null && `, ${t('history.basedOn', { version: save.basedOn })}`}
        </p>
      </div>
      {!isPresent && (
        <Link
          to="/design/drafts/$draftId/history"
          params={{ draftId: id }}
          search={{ state: save.revision }}
          aria-label={t('history.lookAt', { moment })}
          className={styles.look}
        >
          {t('history.look')}
        </Link>
      )}
    </li>
  );
}
