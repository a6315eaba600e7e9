import { useTranslation } from 'react-i18next';
import { PlaceName } from '../data/PlaceName';
import { RawSwitch, useRaw } from '../data/RawSwitch';
import { useNaming } from '../data/useNaming';
import { Value } from '../data/Value';
import { callOf, type DataChange } from '../replay/events';
import { Table } from '../Table';

interface Props {
  caseId: string;
  /** The path of the element that wrote them. */
  element: string;
  changes: readonly DataChange[];
  label: string;
}

/** What was written: before and after, in the words of the forms. */
export function DataChanges({ caseId, element, changes, label }: Props) {
  const { t } = useTranslation('audit');
  const naming = useNaming(caseId);
  const [raw, setRaw] = useRaw();
  return (
    <div>
      <RawSwitch raw={raw} onSwitch={setRaw} />
      <Table label={label} columns={[t('data.path'), t('data.before'), t('data.after')]}>
        {changes.map(({ scope, path, before, after }) => {
          const by = naming(callOf(element), path);
          return (
            <tr key={`${scope} ${path}`}>
              <th scope="row">
                <PlaceName path={path} by={by} raw={raw} />
              </th>
              <td>
                <Value value={before} by={by} raw={raw} />
              </td>
              <td>
                <Value value={after} by={by} raw={raw} />
              </td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}
