import { useTranslation } from 'react-i18next';
import { rowsOf } from '../replay/rows';
import { Table } from '../Table';
import { PlaceName } from './PlaceName';
import { RawSwitch, useRaw } from './RawSwitch';
import { useNaming } from './useNaming';
import { Value } from './Value';
import styles from './data.module.css';

interface Props {
  caseId: string;
  /** The path of the call whose data they are; empty for the case's own. */
  call: string;
  values: Readonly<Record<string, unknown>>;
  label: string;
  /** What was written just now stands out. */
  isChanged?: (path: string) => boolean;
}

/** Data one by one, each with the name and in the words of the form that it was written with; as they are stored, on demand. */
export function DataTable({ caseId, call, values, label, isChanged }: Props) {
  const { t } = useTranslation('audit');
  const naming = useNaming(caseId);
  const [raw, setRaw] = useRaw();
  // What is not there yet, or no more, is told only where data are shown as they are stored.
  const rows = rowsOf(values)
    .filter(([, value]) => raw || value !== null)
    .map(([path, value]) => ({ path, value, by: naming(call, path) }));
  const labels = rows.map(({ by }) => by?.label);
  const isAlike = (label?: string) => labels.indexOf(label) !== labels.lastIndexOf(label);
  return (
    <div>
      <RawSwitch raw={raw} onSwitch={setRaw} />
      <Table label={label} columns={[t('data.path'), t('data.value')]}>
        {rows.map(({ path, value, by }) => (
          <tr key={path} className={isChanged?.(path) ? styles.changed : undefined}>
            <th scope="row">
              <PlaceName path={path} by={by} raw={raw} isAlike={isAlike(by?.label)} />
              {isChanged?.(path) && <div>{t('data.changedNow')}</div>}
            </th>
            <td className={styles.value}>
              <Value value={value} by={by} raw={raw} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
