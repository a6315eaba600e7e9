import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tabs } from '@/shared/ui/Tabs';
import { incidentGroupsQuery } from './incidents/queries';

/** The parts of the auditor's workplace. */
export function AuditNav() {
  const { t } = useTranslation('audit');
  const { data = [] } = useQuery(incidentGroupsQuery({}));
  const number = data.reduce((sum, one) => sum + one.count, 0);
  return (
    <Tabs label={t('nav.label')}>
      <Link to="/audit" activeOptions={{ exact: true, includeSearch: false }}>
        {t('nav.cases')}
      </Link>
      <Link to="/audit/statistics">{t('nav.statistics')}</Link>
      <Link to="/audit/incidents">{number > 0 ? t('nav.incidentsCount', { number }) : t('nav.incidents')}</Link>
    </Tabs>
  );
}
