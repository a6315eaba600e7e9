import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { CommitField } from './CommitField';
import styles from './DraftPage.module.css';
import type { Drawn } from './studio/bpmn';
import { type Mapping, readMappings, type Way, writeMappings } from './studio/mappings';
import type { Studio } from './studio/Studio';

interface Props {
  studio: Studio;
  element: Drawn;
  way: Way;
}

/** What a service or a called process is given, or gives back: names and the FEEL that makes their values. */
export function MappingFields({ studio, element, way }: Props) {
  const { t } = useTranslation('design');
  const mappings = readMappings(element, way);
  const put = (changed: Mapping[]): void => {
    writeMappings(studio, element, way, changed);
  };
  return (
    <div className={styles.group} role="group" aria-labelledby={`mapping-${way}`}>
      <h3 id={`mapping-${way}`}>{t(`mapping.${way}`)}</h3>
      {mappings.map((mapping, index) => (
        <div key={`${String(index)}`} className={styles.mapping}>
          {(['target', 'expression'] as const).map((member) => (
            <CommitField
              key={member}
              label={t(`mapping.${member}`, { row: index + 1 })}
              value={mapping[member]}
              onCommit={(text) => {
                if (text === mapping[member]) return;
                put(mappings.map((one, at) => (at === index ? { ...one, [member]: text } : one)));
              }}
            />
          ))}
          <Button
            look="plain"
            onClick={() => {
              put(mappings.filter((_, at) => at !== index));
            }}
          >
            {t('mapping.remove', { row: index + 1 })}
          </Button>
        </div>
      ))}
      <div>
        <Button
          onClick={() => {
            put([...mappings, { target: '', expression: '' }]);
          }}
        >
          {t(`mapping.add${way}`)}
        </Button>
      </div>
    </div>
  );
}
