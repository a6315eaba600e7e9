import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { named } from '../data/naming';
import { Value } from '../data/Value';
import { usedFormsQuery } from '../queries';
import type { IncidentDetail } from './queries';
import { Table } from '../Table';
import styles from './IncidentItem.module.css';

interface Props {
  detail: IncidentDetail;
  /** Called with the path of what is to be corrected; without it nobody may. */
  onCorrect: ((path: string) => void) | undefined;
}

/** What the step gets by its mappings as things are now, and which data the expression that failed reads. */
export function WhatItGets({ detail: { incident, inputs, data }, onCorrect }: Props) {
  const { t } = useTranslation('audit');
  const { data: used } = useQuery({ ...usedFormsQuery(incident.caseId), enabled: data !== null });
  const isShown = data !== null && ((inputs?.length ?? 0) > 0 || incident.reads.length > 0);
  if (!isShown) return null;
  const labelOf = (path: string) => named(used?.items ?? [], incident.call, path, currentLanguage())?.label ?? path;
  return (
    <section className={styles.way} aria-labelledby="what-it-gets">
      <h2 id="what-it-gets">{t('incidents.inputs')}</h2>
      {inputs && inputs.length > 0 && (
        <Table label={t('incidents.inputs')} columns={[t('incidents.input'), t('incidents.gets')]}>
          {inputs.map((one) => (
            <tr key={one.name}>
              <th scope="row" data-content>
                {one.name}
              </th>
              <td>
                {one.problem ? (
                  <span lang="en" data-content>
                    {one.problem}
                  </span>
                ) : (
                  <Value value={one.value} />
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {incident.reads.length > 0 && (
        <>
          <p>{t('incidents.reads')}</p>
          <ul className={styles.memberList}>
            {incident.reads.map((path) => (
              <li key={path} className={styles.member}>
                <span data-content>{labelOf(path)}</span>
                {onCorrect && (
                  <Button
                    look="plain"
                    aria-label={`${t('incidents.toCorrect')}: ${labelOf(path)}`}
                    onClick={() => {
                      onCorrect(path);
                    }}
                  >
                    {t('incidents.toCorrect')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
