import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from './Button';
import { Notice } from './Notice';
import { isUnreached } from './unreached';

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, in the server's own words where it answered, and a way to try again. */
export function ProblemNotice({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const { title, text } = useProblemTexts(error);
  return (
    <Notice tone="error" title={title}>
      <p>{text}</p>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </Notice>
  );
}

function useProblemTexts(error: unknown): { title: string; text: string } {
  const { t } = useTranslation();
  if (error instanceof ApiProblem && error.status < 500)
    return { title: error.title || t('error.title'), text: error.message };
  if (isUnreached(error)) return { title: t('error.title'), text: t('error.offline') };
  const id = error instanceof ApiProblem ? (error.document.id ?? '–') : '–';
  return { title: t('error.title'), text: t('error.unexpected', { id }) };
}
