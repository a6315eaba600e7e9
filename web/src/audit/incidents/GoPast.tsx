import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import type { IncidentDetail } from './queries';
import { skip, useOperation } from './operate';
import { ReasonForm } from './ReasonForm';
import styles from './IncidentItem.module.css';

/** Lets the case go past what is stuck, along the way that is chosen. */
export function GoPast({ detail }: { detail: IncidentDetail }) {
  const { t } = useTranslation('audit');
  const { incident, ways } = detail;
  // Where there is one way only, that is the way.
  const [only] = ways.length === 1 ? ways : [];
  const [chosen, setChosen] = useState<readonly string[]>(only ? [only.flow] : []);
  const skipping = useOperation((why: string) => skip(incident, why, [...chosen]));
  const name = currentLanguage() === 'sv' ? detail.name : detail.nameEn;
  const lacksWay = ways.length > 0 && chosen.length === 0;
  return (
    <section className={styles.way} aria-labelledby="go-past">
      <h2 id="go-past">{t('incidents.skip')}</h2>
      <p data-content>{name ? t('incidents.skipStep', { name }) : t('incidents.skipWhat')}</p>
      <ReasonForm
        lacks={lacksWay ? 'way' : undefined}
        submit={t('incidents.skipNow')}
        look="danger"
        busy={skipping.isPending}
        error={skipping.error}
        onSend={skipping.mutate}
      >
        {(isAsked) =>
          only ? (
            <p data-content>{t('incidents.goesOn', { name: currentLanguage() === 'sv' ? only.to : only.toEn })}</p>
          ) : (
            ways.length > 0 && (
              <WayChoice detail={detail} chosen={chosen} isWrong={isAsked && lacksWay} onChoose={setChosen} />
            )
          )
        }
      </ReasonForm>
    </section>
  );
}

interface ChoiceProps {
  detail: IncidentDetail;
  chosen: readonly string[];
  isWrong: boolean;
  onChoose: (chosen: readonly string[]) => void;
}

/** The ways out of the step: one of them, or as many as one likes where it may take several. */
function WayChoice({ detail: { ways, takesOne }, chosen, isWrong, onChoose }: ChoiceProps) {
  const { t } = useTranslation('audit');
  return (
    <fieldset
      className={styles.choice}
      role={takesOne ? 'radiogroup' : undefined}
      aria-describedby={isWrong ? 'lacks-way' : undefined}
      aria-invalid={takesOne && isWrong ? true : undefined}
      aria-required={takesOne ? true : undefined}
    >
      <legend>{t(takesOne ? 'incidents.whichWay' : 'incidents.whichWays')}</legend>
      {isWrong && (
        <p id="lacks-way" className={styles.error}>
          {t('incidents.lacksWay')}
        </p>
      )}
      {ways.map((way) => (
        <label key={way.flow} className={styles.option}>
          <input
            type={takesOne ? 'radio' : 'checkbox'}
            name="way"
            value={way.flow}
            checked={chosen.includes(way.flow)}
            aria-describedby={isWrong ? 'lacks-way' : undefined}
            aria-invalid={!takesOne && isWrong ? true : undefined}
            onChange={({ target }) => {
              const others = takesOne ? [] : chosen.filter((one) => one !== way.flow);
              onChoose(target.checked ? [...others, way.flow] : others);
            }}
          />{' '}
          <span data-content>{wayIn(way, currentLanguage())}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** “Ja: Boka mötet”. */
function wayIn(way: IncidentDetail['ways'][number], language: 'sv' | 'en'): string {
  const [name, to] = language === 'sv' ? [way.name, way.to] : [way.nameEn, way.toEn];
  return name ? `${name}: ${to}` : to;
}
