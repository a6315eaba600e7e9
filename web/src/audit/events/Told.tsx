import { useTranslation } from 'react-i18next';

/** A value of the case's data, as it stands there. */
export function Told({ value }: { value: unknown }) {
  const { t } = useTranslation(['audit', 'shared']);
  if (value === null || value === undefined) return <>–</>;
  if (typeof value === 'boolean') return <>{value ? t('shared:form.yes') : t('shared:form.no')}</>;
  if (typeof value === 'string' || typeof value === 'number') return <span data-content>{String(value)}</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'))
    return <span data-content>{value.length > 0 ? value.join(', ') : t('data.emptyList')}</span>;
  return <code data-content>{JSON.stringify(value)}</code>;
}
