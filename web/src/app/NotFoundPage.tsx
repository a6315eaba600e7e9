import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/shared/ui/PageTitle';
import { OpenFrame } from './OpenFrame';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <OpenFrame>
      <PageTitle>{t('error.notFoundTitle')}</PageTitle>
      <p>{t('error.notFound')}</p>
      <p>
        <Link to="/">{t('error.back')}</Link>
      </p>
    </OpenFrame>
  );
}
