import { useTranslation } from 'react-i18next';
import { dayOf, momentOf } from '@/shared/time';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DURATION = /^P(\d+)(D|BD|M|Y)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A value of the case's data that no form says more about: a day, a time and how long are told as such. */
export function Told({ value }: { value: unknown }) {
  const { t } = useTranslation(['audit', 'shared']);
  if (value === null || value === undefined) return <>–</>;
  if (typeof value === 'boolean') return <>{value ? t('shared:form.yes') : t('shared:form.no')}</>;
  if (typeof value === 'string' && DAY.test(value)) return <span data-content>{dayOf(`${value}T12:00:00Z`)}</span>;
  if (typeof value === 'string' && MOMENT.test(value)) return <span data-content>{momentOf(value)}</span>;
  const [, count, unit = ''] = (typeof value === 'string' && DURATION.exec(value)) || [];
  if (count) return <>{t(`data.long.${unit as 'D'}`, { count: Number(count) })}</>;
  if (typeof value === 'string' || typeof value === 'number') return <span data-content>{String(value)}</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'))
    return <span data-content>{value.length > 0 ? value.join(', ') : t('data.emptyList')}</span>;
  return <code data-content>{JSON.stringify(value)}</code>;
}
