import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { SourceEditor, type SourceProblem } from '@/shared/source/SourceEditor';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { showWrong } from '@/shared/ui/showWrong';
import { TextField } from '@/shared/ui/TextField';
import type { Texts } from '../draft/useDraftFiles';
import type { Finding } from '../drafts';
import styles from './DraftForms.module.css';
import { folderOf, KEY, namesOf, readObject } from './formFiles';

interface Props {
  formKey: string;
  files: Texts;
  /** The file that is open, by its name in the form's folder. */
  name: string;
  findings: readonly Finding[];
  onChoose: (name: string) => void;
  onWrite: (changes: Record<string, string | null>) => void;
}

/** The form's files, one of them open to be written in, with what is wrong with it. */
export function FormFiles({ formKey, files, name, findings, onChoose, onWrite }: Props) {
  const { t } = useTranslation('draftForms');
  const path = folderOf(formKey) + name;
  const text = files[path] ?? '';
  const own = findings.filter((one) => one.file === path);
  const others = [...new Set(findings.filter((one) => one.file !== path).map((one) => one.file))];
  const fileWords = useFileWords();
  return (
    <div className={styles.page}>
      <div className={styles.row}>
        <Select
          label={t('files')}
          value={name}
          choices={namesOf(files, formKey).map((one) => ({ value: one, text: `${fileWords(one)} (${one})` }))}
          onChoose={(chosen) => {
            onChoose(chosen ?? 'schema.json');
          }}
        />
        {name.startsWith('examples/') && (
          <Button
            onClick={() => {
              onWrite({ [path]: null });
              onChoose('schema.json');
            }}
          >
            {t('removeExample')}
          </Button>
        )}
      </div>
      <SourceEditor
        label={name}
        language="json"
        text={text}
        problems={problemsOf(text, own, t('broken'))}
        onChange={(next) => {
          onWrite({ [path]: next });
        }}
      />
      {others.length > 0 && (
        <div>
          <p>{t('elsewhere', { count: others.length })}</p>
          <div className={styles.row}>
            {others.map((one) => (
              <Button
                key={one}
                look="plain"
                data-content
                onClick={() => {
                  onChoose(one.slice(folderOf(formKey).length));
                }}
              >
                {fileWords(one.slice(folderOf(formKey).length))}
              </Button>
            ))}
          </div>
        </div>
      )}
      <NewExample
        onAdd={(example) => {
          const file = `examples/${example}.json`;
          onWrite({ [folderOf(formKey) + file]: '{\n}\n' });
          onChoose(file);
        }}
      />
    </div>
  );
}

/** What the engine found, and before it has looked, where the text stops being JSON. */
function problemsOf(text: string, findings: readonly Finding[], broken: string): SourceProblem[] {
  const language = currentLanguage();
  const read = readObject(text);
  const told = findings.map((one) => ({
    line: one.line ?? undefined,
    text: `${one.message[language]} ${one.remedy[language]}`,
    isError: one.severity === 'error',
  }));
  const isTold = told.some((one) => one.isError);
  return 'line' in read && !isTold ? [{ line: read.line, text: broken, isError: true }, ...told] : told;
}

function useFileWords(): (name: string) => string {
  const { t } = useTranslation('draftForms');
  const fixed: Record<string, string> = {
    'schema.json': t('file.schema'),
    'ui.json': t('file.ui'),
    'texts.sv.json': t('file.sv'),
    'texts.en.json': t('file.en'),
  };
  return (name) => {
    const example = name.replace(/^examples\/(invalid\/)?/, '').replace(/\.json$/, '');
    return fixed[name] ?? t(name.startsWith('examples/invalid/') ? 'file.invalid' : 'file.example', { name: example });
  };
}

function NewExample({ onAdd }: { onAdd: (name: string) => void }) {
  const { t } = useTranslation('draftForms');
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  return (
    <details>
      <summary>{t('example')}</summary>
      <form
        className={styles.row}
        aria-labelledby={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          showWrong(event.currentTarget, () => {
            setAsked(true);
          });
          if (!KEY.test(name)) return;
          onAdd(name);
          setName('');
          setAsked(false);
        }}
      >
        <TextField
          label={t('exampleName')}
          error={isAsked && !KEY.test(name) ? t('keyBad') : ''}
          value={name}
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <Button type="submit" id={id}>
          {t('add')}
        </Button>
      </form>
    </details>
  );
}
