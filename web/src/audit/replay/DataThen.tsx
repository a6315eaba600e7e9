import { useTranslation } from 'react-i18next';
import { Told } from '../events/Told';
import { Table } from '../Table';
import { changesOf, type HistoryEvent } from './events';
import { rowsOf } from './rows';
import type { Moment } from './walk';
import styles from './Replay.module.css';

/** The case's data as they were, and what this event changed in them. */
export function DataThen({ moment, event }: { moment: Moment; event: HistoryEvent }) {
  const { t } = useTranslation('audit');
  const changed = changesOf(event);
  const isChanged = (scope: string, path: string) =>
    changed.some((one) => one.scope === scope && (path === one.path || path.startsWith(`${one.path}.`)));
  const scopes = [...moment.data].filter(([, values]) => Object.keys(values).length > 0);
  return (
    <section className={styles.part} aria-labelledby="data-then">
      <h3 id="data-then">{t('data.then')}</h3>
      {scopes.length === 0 && <p>{t('data.none')}</p>}
      {scopes.map(([scope, values]) => (
        <details key={scope} open={scope === 'case' || changed.some((one) => one.scope === scope)}>
          <summary>{scope === 'case' ? t('data.ofCase') : t('data.ofScope', { scope })}</summary>
          <Table
            label={scope === 'case' ? t('data.ofCase') : t('data.ofScope', { scope })}
            columns={[t('data.path'), t('data.value')]}
          >
            {rowsOf(values).map(([path, value]) => (
              <tr key={path} className={isChanged(scope, path) ? styles.changed : undefined}>
                <th scope="row">
                  <code data-content>{path}</code>
                  {isChanged(scope, path) && <div>{t('data.changedNow')}</div>}
                </th>
                <td>
                  <Told value={value} />
                </td>
              </tr>
            ))}
          </Table>
        </details>
      ))}
    </section>
  );
}
