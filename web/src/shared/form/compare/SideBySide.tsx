import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import type { FormDefinition } from '../CaseForm';
import { ErrorSummary } from '../ErrorSummary';
import { DifferenceChoice, labelOf } from './DifferenceChoice';
import type { Choice, Difference } from './differences';
import styles from './SideBySide.module.css';

interface Props {
  id: string;
  form: FormDefinition;
  title: string;
  /** Why there is something to choose. */
  why: string;
  differences: readonly Difference[];
  /** What the two sides are called: "Ditt svar", "Anna Bergs svar, 14:02". */
  mine: string;
  theirs: string;
  submit: string;
  busy?: boolean;
  onChosen: (choices: readonly Choice[]) => void;
}

/** Two answers to the same fields, side by side. Nothing is chosen beforehand; each field is chosen by itself or all at once. */
export function SideBySide({ id, form, title, why, differences, mine, theirs, submit, busy = false, onChosen }: Props) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlyMap<Difference, Choice & { side: Side }>>(new Map());
  const [missing, setMissing] = useState<{ at: readonly Difference[]; times: number }>({ at: [], times: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);

  function choose(one: Difference, side: Side, value: Choice['value']): void {
    setChosen((before) => new Map(before).set(one, { place: one.place, value, side }));
  }
  function chooseAll(side: 'yours' | 'theirs'): void {
    setChosen(new Map(differences.map((one) => [one, { place: one.place, value: one[side], side }])));
  }
  function send(): void {
    const open = differences.filter((one) => !chosen.has(one));
    setMissing(({ times }) => ({ at: open, times: times + 1 }));
    if (open.length === 0) onChosen([...chosen.values()].map(({ place, value }) => ({ place, value })));
  }
  const problems = missing.at
    .filter((one) => !chosen.has(one))
    .map((one) => ({
      path: `/${String(differences.indexOf(one))}`,
      keyword: 'choose',
      text: t('compare.missing', { field: labelOf(form, one, i18n.language) }),
    }));
  return (
    <section className={styles.frame} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className={styles.why} data-content>
        {why}
      </p>
      <ErrorSummary key={missing.times} id={id} problems={problems} values={{}} />
      {differences.length > 1 && (
        <div className={styles.all}>
          <Button
            onClick={() => {
              chooseAll('yours');
            }}
          >
            {t('compare.allMine')}
          </Button>
          <Button
            onClick={() => {
              chooseAll('theirs');
            }}
          >
            {t('compare.allTheirs')}
          </Button>
        </div>
      )}
      {differences.map((one, index) => (
        <DifferenceChoice
          key={JSON.stringify(one.place)}
          id={`${id}_${String(index)}`}
          form={form}
          difference={one}
          mine={mine}
          theirs={theirs}
          side={chosen.get(one)?.side}
          isMissing={problems.some(({ path }) => path === `/${String(index)}`)}
          onChoose={(side, value) => {
            choose(one, side, value);
          }}
        />
      ))}
      <div>
        <Button look="primary" busy={busy} onClick={send}>
          {submit}
        </Button>
      </div>
    </section>
  );
}

export type Side = 'yours' | 'theirs' | 'another';
