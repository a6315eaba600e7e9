import { useTranslation } from 'react-i18next';
import { DataTable } from '../data/DataTable';
import { changesOf, type WalkEvent } from './events';
import type { Moment } from './walk';
import styles from './Replay.module.css';

interface Props {
  caseId: string;
  moment: Moment;
  event: WalkEvent;
}

/** The case's data as they were, and what this event changed in them. */
export function DataThen({ caseId, moment, event }: Props) {
  const { t } = useTranslation('audit');
  const changed = changesOf(event);
  const isChanged = (scope: string, path: string) =>
    changed.some((one) => one.scope === scope && (path === one.path || path.startsWith(`${one.path}.`)));
  const scopes = [...moment.data].filter(([, values]) => Object.keys(values).length > 0);
  return (
    <section className={styles.part} aria-labelledby="data-then">
      <h3 id="data-then">{t('data.then')}</h3>
      {scopes.length === 0 && <p>{t(moment.hasGaps ? 'data.erased' : 'data.none')}</p>}
      {scopes.map(([scope, values]) => {
        const call = moment.callOfScope.get(scope) ?? '';
        const title = scope === 'case' ? t('data.ofCase') : t('data.ofScope', { scope: call || scope });
        return (
          <details key={scope} open={scope === 'case' || changed.some((one) => one.scope === scope)}>
            <summary data-content>{title}</summary>
            <DataTable
              caseId={caseId}
              call={call}
              values={values}
              label={title}
              isChanged={(path) => isChanged(scope, path)}
            />
          </details>
        );
      })}
    </section>
  );
}
