import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/shared/ui/PageTitle';

export function TasksPage() {
  const { t } = useTranslation();
  return <PageTitle>{t('nav.work')}</PageTitle>;
}
