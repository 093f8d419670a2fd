// One scan, read: the picture takes everything, tools are a thin strip, what the AI and the clinicians say stands right.
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { table } from '../bindings/commands';
import type { ContourView, ScanView } from '../bindings/types';
import { call } from '../host';
import { refresh, useView } from '../host/query';
import { useCaseQueue } from '../shared/case-queue';
import { useGo } from '../shared/go';
import { usePatientOnScreen } from '../shared/patient';
import { useMay, useSession } from '../shared/session-store';
import { useReadingRoomTheme } from '../shared/theme';
import { announce, Problem, Select, Skeleton } from '../shared/ui';
import { showMoment } from '../i18n/dates';
import { preferencesNow, useKeptTaste } from './map/taste';
import { useHeat } from './map/use-heat';
import { markBook, unsaved, type MarkBook } from './marks/book';
import { useDrawing } from './marks/use-drawing';
import { UnsavedMarks } from './marks/UnsavedMarks';
import { drawnContours, hasMaps, measuredOf } from './outline/outline';
import { SidePanel } from './panel/Panel';
import { useRun } from './panel/use-run';
import { useVerdict } from './panel/use-verdict';
import styles from './ReadingRoom.module.css';
import { RoomContext, useInside, useRoom } from './room/context';
import { carriedFrom, createRoom, type Carried } from './room/state';
import { useFrames } from './room/use-frames';
import { useKeys } from './room/use-keys';
import { useOwnKeys } from './room/use-own-keys';
import { FrameBar } from './strip/FrameBar';
import { Siblings } from './strip/Siblings';
import { ToolStrip } from './strip/ToolStrip';
import { Viewport } from './viewport/Viewport';

export function ReadingRoom({ scanId }: { scanId: string }) {
  const { t } = useTranslation('reading-room');
  const view = useView('imaging.open_scan', { id: scanId });
  usePatientOnScreen(view.data?.patient);
  useReadingRoomTheme();
  // What is kept from an earlier visit and known to be old is asked for again before it is shown; once open, the room stays.
  const [opened, setOpened] = useState(false);
  if (view.data && !opened && !view.isFetching) setOpened(true);
  if (view.data && opened) return <Opened scan={view.data} key={view.data.id} />;
  return (
    <div className={styles.before}>
      <h1 className="unseen">{t('title')}</h1>
      {view.error ? <Problem error={view.error} retry={() => void view.refetch()} /> : <Skeleton rows={4} />}
    </div>
  );
}

const NONE: readonly ContourView[] = [];

/** How the last scan was shown, for its siblings. */
let left: { siblings: readonly string[]; carried: Carried } | null = null;

function Opened({ scan }: { scan: ScanView }) {
  const session = useSession((one) => one);
  // Made once for this scan: views of it that come later bring new readings and marks, not another room.
  const [inside] = useState(() => ({
    room: createRoom(scan, preferencesNow(session), left?.siblings.includes(scan.id) ? left.carried : undefined),
    book: bookOf(scan),
  }));
  const { room, book } = inside;

  useEffect(() => book.merge(scan.marks), [book, scan.marks]);
  const siblings = scan.siblings;
  useEffect(() => () => {
    left = { siblings: siblings.map(({ id }) => id), carried: carriedFrom(room.getState()) };
  }, [room, siblings]);

  const context = useMemo(() => ({ scan, room, book }), [scan, room, book]);
  return <RoomContext value={context}><Inside /></RoomContext>;
}

function bookOf(scan: ScanView): MarkBook {
  return markBook(scan.id, scan.marks, {
    save: async (request) => {
      const view = await call('imaging.save_mark', request);
      refresh(table['imaging.save_mark'].stales);
      return view;
    },
    remove: async (request) => {
      const done = await call('imaging.remove_mark', request);
      refresh(table['imaging.remove_mark'].stales);
      return done;
    },
  });
}

function Inside() {
  const { t } = useTranslation('reading-room');
  const { scan, room, book } = useInside();
  const go = useGo();
  const queue = useCaseQueue();
  const mayMark = useMay('imaging.save_mark');
  const frames = useFrames(scan, room);
  const drawing = useDrawing();
  const newest = scan.readings[0];
  // An earlier reading stays chosen until there is a newer one.
  const [picked, setPicked] = useState<{ id: string; newest: string | undefined } | null>(null);
  const reading = (picked?.newest === newest?.id && scan.readings.find(({ id }) => id === picked?.id)) || newest;
  const map = useRoom((state) => state.map);
  const shownFrame = useRoom((state) => state.shown?.index);
  const full = useRoom((state) => state.full);
  const looked = useRoom((state) => state.looked);
  const run = useRun(scan.id);

  // The class whose map is offered first: the most probable abnormal one.
  const answer = reading?.answer;
  useEffect(() => {
    if (answer?.kind !== 'assessed' || !hasMaps(answer)) return room.getState().setMap({ classIndex: null });
    const likely = answer.classes.map((one, index) => ({ one, index })).sort((a, b) => Number(b.one.abnormal) - Number(a.one.abnormal) || b.one.probability - a.one.probability)[0];
    room.getState().setMap({ classIndex: likely?.index ?? null });
  }, [room, reading?.id, answer]);

  const made = scan.readings.find(({ id }) => id === run.readingId)?.answer.kind;
  useEffect(() => {
    if (made) announce(t(made === 'assessed' ? 'ai.announceAssessed' : 'ai.announceNotAssessed'));
  }, [made, t]);

  const drawn = looked && map.on && shownFrame === reading?.frame;
  const heat = useHeat(reading, map.classIndex, drawn && hasMaps(answer) && map.opacity > 0);
  const contours = useMemo(() => drawnContours(measuredOf(answer)?.contours ?? []), [answer]);
  const outlines = drawn && map.lines > 0 ? contours : NONE;
  const verdict = useVerdict(scan.id, reading, room, () => announce(t('verdict.recorded')));
  const following = queue.next(scan.id);
  const sibling = (by: 1 | -1) => {
    const next = scan.siblings[scan.siblings.findIndex(({ id }) => id === scan.id) + by];
    if (next) go.scan(next.id);
  };
  const step = (by: 1 | -1) => {
    const { frames: count, frame, goTo } = room.getState();
    if (count > 1) goTo(frame + by);
    else sibling(by);
  };
  useKeys({ reading, verdict, run, drawing, mayMark, step, sibling, nextPatient: following === undefined ? undefined : () => go.scan(following) });
  useGuard(book);
  const notKept = useKeptTaste(room);
  const own = useOwnKeys();

  return (
    <div ref={own} className={styles.room} data-full={full || undefined}>
      <h1 className="unseen">{t('title')}</h1>
      <ToolStrip mayMark={mayMark} hasMap={looked && answer?.kind === 'assessed'} />
      {!full && <Siblings />}
      <div className={styles.work} data-pane tabIndex={-1}>
        <Viewport frames={frames} drawing={drawing} heat={heat.picture} outlines={outlines} mayMark={mayMark} onScroll={step} />
        <UnsavedMarks />
        <FrameBar />
      </div>
      {!full && (
        <div className={styles.side}>
          {scan.readings.length > 1 && (
            <div className={styles.which}>
              <Select
                label={t('ai.which', { count: scan.readings.length })}
                value={reading?.id}
                onChange={(event) => setPicked({ id: event.target.value, newest: newest?.id })}
                options={scan.readings.map((one) => ({ value: one.id, label: `${one.model.name} ${one.model.version}, ${showMoment(one.at)}` }))}
              />
            </div>
          )}
          {notKept && <div className={styles.which}><Problem error={notKept} small /></div>}
          <SidePanel reading={reading} heat={heat} run={run} verdict={verdict} />
        </div>
      )}
    </div>
  );
}

/** A window that is closed while a mark is not in the record asks first. */
function useGuard(book: MarkBook): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (unsaved(book.store.getState())) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [book]);
}
