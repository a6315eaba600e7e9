import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/shared/ui/PageTitle';

export function PackagesPage() {
  const { t } = useTranslation();
  return <PageTitle>{t('nav.design')}</PageTitle>;
}
