import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { SourceEditor } from '@/shared/source/SourceEditor';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { TextField } from '@/shared/ui/TextField';
import { RemoveFiles } from '../draft/RemoveFiles';
import type { Saver } from '../draft/saver';
import type { Texts } from '../draft/useDraftFiles';
import { findingsQuery } from '../drafts';
import { FOLDER, pathOf } from './scenarios';
import styles from './Scenarios.module.css';

interface Props {
  draftId: string;
  files: Texts;
  saver: Saver;
  onWrite: (changes: Record<string, string | null>) => void;
}

/** The sources of a draft's scenarios: one of them to write in, with what is wrong at which line, and the way to a new one. */
export function SourceSection({ draftId, files, saver, onWrite }: Props) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  const { revision } = useSyncExternalStore(saver.subscribe, saver.kept);
  const { data: findings = [] } = useQuery(findingsQuery(draftId, revision));
  const paths = Object.keys(files).sort();
  const [chosen, setChosen] = useState<string>();
  const file = paths.find((one) => one === chosen) ?? paths[0];
  const template = `title: ${t('template')}\nstart:\n  at: 2025-03-03T09:00\n  unit: skarholmen\nsteps:\n  - expect: {closed: false}\n`;
  return (
    <section className={styles.section} aria-labelledby="sources">
      <h2 id="sources">{t('sources')}</h2>
      <p>{t('sourcesAbout')}</p>
      {file !== undefined && (
        <>
          {paths.length > 1 && (
            <Select
              label={t('file')}
              value={file}
              choices={paths.map((one) => ({ value: one, text: one.slice(FOLDER.length) }))}
              onChoose={setChosen}
            />
          )}
          <SourceEditor
            label={file}
            language="yaml"
            text={files[file] ?? ''}
            problems={findings
              .filter((one) => one.file === file)
              .map((one) => ({
                line: one.line ?? undefined,
                text: `${one.message[language]} ${one.remedy[language]}`,
                isError: one.severity === 'error',
              }))}
            onChange={(text) => {
              onWrite({ [file]: text });
            }}
          />
          <RemoveFiles
            key={file}
            what="scenario"
            name={file.slice(FOLDER.length)}
            draftId={draftId}
            paths={[file]}
            saver={saver}
            remove={() => {
              onWrite({ [file]: null });
            }}
            onRemoved={() => {
              setChosen(undefined);
            }}
          />
        </>
      )}
      <NewScenario
        taken={paths}
        onCreate={(path) => {
          onWrite({ [path]: template });
          setChosen(path);
        }}
      />
    </section>
  );
}

function NewScenario({ taken, onCreate }: { taken: readonly string[]; onCreate: (file: string) => void }) {
  const { t } = useTranslation('scenarios');
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  return (
    <form
      className={styles.choices}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const path = pathOf(name);
        if (path === undefined) setError(t('newWrong'));
        else if (taken.includes(path)) setError(t('newTaken'));
        else {
          onCreate(path);
          setName('');
          setError(undefined);
        }
      }}
    >
      <TextField
        label={t('new')}
        hint={t('newHint')}
        {...(error === undefined ? {} : { error })}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <Button type="submit">{t('create')}</Button>
    </form>
  );
}
