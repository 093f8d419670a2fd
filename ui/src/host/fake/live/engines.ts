// The relay and the translation engine of the invented clinic.
import type { EngineTestView } from '../../../bindings/types';
import type { CommandName, Request, Response } from '../../types';
import type { Clinic } from '../../fake/clinic';
import { ROOM } from './state';

type Names = Extract<CommandName, `relay.${string}` | `language.${string}`>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

export const engines: Handlers = {
  'relay.view': ({ live: { relay } }) => ({ ...relay }),
  'relay.enrol': ({ live }, { address }) => (live.relay = { mode: 'elsewhere', address, enrolled: true, lan: null }),
  'relay.forget': ({ live }) => (live.relay = { mode: 'none', address: null, enrolled: false, lan: null }),
  'relay.test': ({ options }) => (options.relay === 'elsewhere' ? { ok: true, message_id: null, args: {}, ms: 42 } : { ok: false, message_id: 'live-unreachable', args: {}, ms: 5000 }),
  'relay.open_room': ({ live }) => (live.relay = { mode: 'lan', address: ROOM.url, enrolled: true, lan: ROOM }),
  'relay.close_room': ({ live }) => (live.relay = { mode: 'none', address: null, enrolled: false, lan: null }),
  'language.engine': ({ live: { engine } }) => ({ ...engine }),
  'language.set_engine': ({ live }, { key, ...settings }) => (live.engine = { ...settings, has_key: settings.preset !== 'none' && (key !== null || live.engine.has_key) }),
  'language.test_engine': ({ options }): EngineTestView => (options.engine === 'failing' ? { ok: false, message_id: 'language-engine-slow', args: { seconds: '20' }, ms: 20_000 } : { ok: true, message_id: null, args: {}, ms: 812 }),
};
