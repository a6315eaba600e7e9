import { useTranslation } from 'react-i18next';
import type { DataChange } from '../replay/events';
import { Table } from '../Table';
import { Told } from './Told';

/** What was written: before and after. */
export function DataChanges({ changes, label }: { changes: readonly DataChange[]; label: string }) {
  const { t } = useTranslation('audit');
  return (
    <Table label={label} columns={[t('data.path'), t('data.before'), t('data.after')]}>
      {changes.map(({ scope, path, before, after }) => (
        <tr key={`${scope} ${path}`}>
          <th scope="row" data-content>
            <code>{path}</code>
          </th>
          <td>
            <Told value={before} />
          </td>
          <td>
            <Told value={after} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
