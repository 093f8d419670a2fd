// What a reader should know before trusting a model. Text of the pack is shown as text.
import { useTranslation } from 'react-i18next';

import type { CardView } from '../bindings/types';
import { useView } from '../host/query';
import { showDate } from '../i18n/dates';
import { showList } from '../i18n/lists';
import { showCount } from '../i18n/numbers';
import { sessionStore } from '../shared/session-store';
import { AiMark, Chip, Dialog, Problem, Skeleton } from '../shared/ui';
import styles from './reading.module.css';

export function ModelCardDialog({ modelId, onClose }: { modelId: string; onClose: () => void }) {
  const { t } = useTranslation('reading');
  // The wizard shows cards before there is anybody to sign in.
  const signedIn = sessionStore(({ session }) => session !== null);
  const card = useView(signedIn ? 'models.card' : 'setup.model_card', { id: modelId });
  const model = card.data?.model;
  return (
    <Dialog open onOpenChange={onClose} size="large" title={model === undefined ? t('card.title') : `${model.name} ${model.version}`} description={<AiMark words />}>
      {card.error && <Problem error={card.error} retry={() => void card.refetch()} />}
      {card.isPending && <Skeleton rows={8} />}
      {card.data && <Card card={card.data} />}
    </Dialog>
  );
}

function Card({ card }: { card: CardView }) {
  const { t } = useTranslation('reading');
  const { model } = card;
  return (
    <div className={styles.card}>
      {model.research_only && <p className={styles.chips}><Chip tone="outline">{t('models.research')}</Chip></p>}
      <section><h3>{t('card.for')}</h3><p><bdi>{model.intended_use}</bdi></p></section>
      <section><h3>{t('card.notFor')}</h3><p>{card.not_for}</p></section>
      {card.failure_groups.length > 0 && <section><h3>{t('card.fails')}</h3><ul className={styles.list}>{card.failure_groups.map((group) => <li key={group}>{group}</li>)}</ul></section>}
      <section>
        <h3>{t('card.metrics')}</h3>
        {card.metrics.length === 0 ? <p>{t('card.noMetrics')}</p> : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead><tr><th scope="col">{t('card.figure')}</th><th scope="col">{t('card.set')}</th><th scope="col" className={styles.numeric}>n</th><th scope="col" className={styles.numeric}>{t('card.value')}</th><th scope="col" className={styles.numeric}>{t('card.interval')}</th></tr></thead>
              <tbody>
                {card.metrics.map((metric) => (
                  <tr key={`${metric.name} ${metric.set}`}>
                    <th scope="row">{metric.name}</th><td>{metric.set}</td><td className={styles.numeric}>{showCount(metric.n)}</td><td className={styles.numeric}>{metric.value.toFixed(3)}</td>
                    <td className={styles.numeric}>{metric.low === null || metric.high === null ? t('card.notGiven') : `${metric.low.toFixed(3)}–${metric.high.toFixed(3)}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section>
        <h3>{t('card.sources')}</h3>
        <ul className={styles.list}>{card.sources.map((source) => <li key={source.name}>{t('card.source', { name: source.name, images: showCount(source.images), licence: source.licence })}</li>)}</ul>
      </section>
      <dl className={styles.facts}>
        <dt>{t('models.classes')}</dt><dd>{showList(model.classes)}</dd>
        <dt>{t('models.licence')}</dt><dd>{model.licence}</dd>
        <dt>{t('card.calibrated')}</dt><dd>{card.calibrated === null ? t('card.notGiven') : showDate(card.calibrated)}</dd>
        <dt>{t('card.sha')}</dt><dd className={styles.hash}>{model.sha256}</dd>
      </dl>
      <details className={styles.whole}>
        <summary>{t('card.whole')}</summary>
        <pre>{card.markdown}</pre>
      </details>
    </div>
  );
}
