// The relay and the engines of the invented clinic.
import type { EngineSettingsView, EngineTestView, SpeechSettingsView } from '../../../bindings/types';
import type { CommandName, Request, Response } from '../../types';
import { fails, type Clinic } from '../../fake/clinic';
import { ROOM, type FakeLive } from './state';

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
  'language.set_engine': ({ live }, { key, ...settings }) => (live.engine = { ...settings, has_key: settings.preset !== 'none' && (key !== null || live.engine.has_key), speech: live.engine.speech }),
  'language.set_speech': ({ live }, { by, base_url, model, key }) => speaks(live, { by, base_url, model, has_key: by === 'server' && (key !== null || live.engine.speech.has_key) }),
  'language.install_speech_model': ({ live, emit }, { path }) => {
    if (path.endsWith('.dcm')) throw fails('unreadable', 'language-model-foreign');
    emit('language.installing', { done: 190_000_000, all: 487_601_967 });
    const name = path.split('/').at(-1) ?? path;
    return speaks(live, { by: 'device', base_url: '', model: '', has_key: false, installed: { name, bytes: 487_601_967, sha256: '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b' } });
  },
  'language.stop_installing': () => null,
  'language.remove_speech_model': ({ live }) => speaks(live, { by: live.engine.speech.by === 'device' ? 'none' : live.engine.speech.by, installed: null }),
  'language.test_engine': ({ options }, { part }): EngineTestView => (options.engine === 'failing' ? { ok: false, message_id: part === 'speech' ? 'language-model-changed' : 'language-engine-slow', args: {}, ms: 20_000 } : { ok: true, message_id: null, args: {}, ms: 812 }),
};

function speaks(live: FakeLive, changed: Partial<SpeechSettingsView>): EngineSettingsView {
  return (live.engine = { ...live.engine, speech: { ...live.engine.speech, ...changed } });
}
