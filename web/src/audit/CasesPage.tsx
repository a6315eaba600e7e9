import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/shared/ui/PageTitle';

export function CasesPage() {
  const { t } = useTranslation();
  return <PageTitle>{t('nav.audit')}</PageTitle>;
}
