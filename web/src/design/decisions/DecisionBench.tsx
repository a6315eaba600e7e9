import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { Select } from '@/shared/ui/Select';
import styles from './Decisions.module.css';
import { FeelField } from './FeelField';
import type { DecisionSearch } from './decisionSearch';
import { changed } from './dmnChanges';
import { type DecisionInFile } from './dmnXml';
import { RuleFields } from './RuleFields';
import { standingsOf } from './standings';
import type { Trial } from './trial';
import { useUndo } from './useUndo';

const DmnCanvas = lazy(() => import('./DmnCanvas'));

interface Props {
  xml: string;
  decisions: readonly DecisionInFile[];
  decision: DecisionInFile;
  view: DecisionSearch['view'];
  trial: Trial | undefined;
  onChoose: (change: Record<string, string | undefined>) => void;
  onWrite: (xml: string) => void;
}

/** A decision in one of its views, the way back, and the choice between views. */
export function DecisionBench({ xml, decisions, decision, view, trial, onChoose, onWrite }: Props) {
  const { t } = useTranslation('decisions');
  const text = useUndo(xml, onWrite);
  const { matched, wrong } = standingsOf(decision, trial);
  return (
    <section className={styles.panel} aria-label={decision.name} data-content>
      <div className={styles.bar}>
        <div className={styles.row}>
          {decisions.length > 1 && (
            <Select
              label={t('decision')}
              value={decision.id}
              choices={decisions.map(({ id, name }) => ({ value: id, text: name }))}
              onChoose={(chosen) => {
                onChoose({ decision: chosen });
              }}
            />
          )}
          <Select
            label={t('view')}
            value={view ?? ''}
            choices={[
              { value: '', text: t('fields') },
              { value: 'table', text: t('table') },
              { value: 'needs', text: t('needs') },
              { value: 'source', text: t('source') },
            ]}
            onChoose={(chosen) => {
              onChoose({ view: chosen });
            }}
          />
        </div>
        {view !== 'source' && (
          <div role="group" aria-label={t('history')} className={styles.row}>
            <Button disabled={!text.canUndo} onClick={text.undo}>
              {t('undo')}
            </Button>
            <Button disabled={!text.canRedo} onClick={text.redo}>
              {t('redo')}
            </Button>
          </div>
        )}
      </div>
      {view === 'needs' && <Needs decisions={decisions} />}
      {(view === 'needs' || (view === 'table' && decision.kind === 'table')) && (
        <Suspense fallback={<Loading />}>
          <DmnCanvas
            key={`${view} ${decision.id}`}
            xml={xml}
            {...(view === 'table' && { decision: decision.id })}
            matched={matched}
            wrong={wrong}
            onChange={text.change}
          />
        </Suspense>
      )}
      {view === undefined && decision.kind === 'table' && (
        <RuleFields
          decision={decision}
          matched={matched}
          wrong={wrong}
          onChange={(change) => {
            text.change(changed(xml, decision.id, change));
          }}
        />
      )}
      {(view === undefined || view === 'table') && decision.kind === 'expression' && (
        <FeelField
          label={t('expression')}
          value={decision.expression}
          onCommit={(written) => {
            text.change(changed(xml, decision.id, { what: 'expression', text: written }));
          }}
        />
      )}
      {(view === undefined || view === 'table') && decision.kind === 'other' && <p>{t('other')}</p>}
    </section>
  );
}

function Needs({ decisions }: { decisions: readonly DecisionInFile[] }) {
  const { t } = useTranslation('decisions');
  return decisions.map(({ id, name, needs }) => (
    <div key={id}>
      <p>{t('needsList', { name })}</p>
      {needs.length === 0 ? (
        <p>{t('needsNone')}</p>
      ) : (
        <ul className={styles.told}>
          {needs.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  ));
}
