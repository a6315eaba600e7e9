import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { isFlow, isStep } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { useWords } from '../drawing/useWords';
import type { Finding } from '../drafts';
import { findingsOf, placeOf } from '../problems/places';
import { fieldsOf } from './fields';
import { FlowList } from './FlowList';
import { namesQuery } from './names';
import { PropertiesForm } from './PropertiesForm';
import styles from './properties.module.css';

interface Props {
  studio: Studio;
  draftId: string;
  /** The revision that the server has. */
  revision: number;
  findings: readonly Finding[];
  /** Whether the diagram has been changed since they were found. */
  isOld: boolean;
  files: Readonly<Record<string, string>>;
}

/** What may be said about what is selected, in plain words and only what applies; the process when nothing is selected. */
export function PropertiesPanel({ studio, draftId, revision, findings, isOld, files }: Props) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const element = studio.selected;
  const { data: names } = useQuery(namesQuery(draftId, revision, element.id));
  const language = currentLanguage();
  const about = findingsOf(studio, findings, element);
  const asWhole = about.filter((one) => placeOf(one, element).length === 0);
  return (
    <section className={styles.panel} aria-labelledby="properties" key={element.id}>
      <h2 id="properties" tabIndex={-1} className={styles.title}>
        <span className={styles.kind}>{words.kind(element)}</span>{' '}
        <span data-content>{element.businessObject.name}</span>
      </h2>
      {asWhole.map((one, index) => (
        <p key={`${one.rule} ${String(index)}`} className={styles.problem} data-content>
          {one.message[language]} {one.remedy[language]}
        </p>
      ))}
      {fieldsOf(element).length === 0 && <p className={styles.hint}>{t('properties.nothing')}</p>}
      <PropertiesForm
        studio={studio}
        element={element}
        draftId={draftId}
        findings={about}
        isOld={isOld}
        files={files}
        names={names}
      />
      {isStep(element) && <FlowList studio={studio} element={element} />}
      {(isStep(element) || isFlow(element) || element.type === 'bpmn:TextAnnotation') && (
        <div>
          <Button
            look="danger"
            onClick={() => {
              studio.remove(element);
            }}
          >
            {t('properties.remove')}
          </Button>
        </div>
      )}
    </section>
  );
}
