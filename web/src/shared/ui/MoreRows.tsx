import { useTranslation } from 'react-i18next';
import { Button } from './Button';

interface Props {
  /** The list, as the query that reads it page by page. */
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** The way to the next rows of a list, where there are more. */
export function MoreRows({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: Props) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <div>
      <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('action.more')}
      </Button>
    </div>
  );
}
