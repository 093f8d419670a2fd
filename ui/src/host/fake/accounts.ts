// Signing in, one's own account and everybody's access in the invented clinic. `&second=app|email` gives the doctor a second
// factor (code 123456, recovery code ABCDE-FGHJK), `&pin=1` a PIN (4071), `&others=1` somebody whose work waits behind the window.
import type { AccountStateView, OwnAccountView, PasswordStrengthView, StaffInvitationView, UserView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, sessionOf, type Clinic } from './clinic';
import { uuid } from './people';

type Own = 'session.sign_in' | 'session.join' | 'session.unlock' | 'session.unlock_with_pin' | 'session.password_strength' | 'session.people' | 'session.account' | 'session.begin_authenticator' | 'session.begin_email_codes' | 'session.confirm_factor' | 'session.remove_factor' | 'session.renew_codes' | 'session.set_pin' | 'session.remove_pin' | 'session.end_window' | 'session.change_password';
type Names = Own | Extract<CommandName, `accounts.${string}`>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const CODE = '123456';
const RECOVERY = ['ABCDE-FGHJK', 'K3M9P-7QRST', '2WXYZ-44N8V', 'H5J6K-M7N8P', 'Q9R2S-T3V4W', 'X5Y6Z-78ABC', 'D9E2F-G3H4J', 'K5M6N-P7Q8R', 'S9T2V-W3X4Y', 'Z5A6B-C7D8E'];
const LOGIN_CODE = '7KQM-2VXW-9HTR-4CDE';

interface Kept {
  own: OwnAccountView;
  pin: string | null;
  pinLeft: number;
  begun: 'authenticator' | 'email' | null;
  email: string;
  states: AccountStateView[];
  rotation: { generation: number; waiting: number };
}

const kept = new WeakMap<Clinic, Kept>();

export const accounts: Handlers = {
  'session.sign_in': (clinic, { login, password, code }) => {
    const user = clinic.users.find((one) => one.login === login);
    checkPassword(clinic, password, user === undefined);
    const on = user?.role === 'doctor' ? of(clinic).own.second_factor : null;
    if (on !== null) {
      if (code === null) throw fails('sign_in_needed', on === 'email' ? 'email-code-needed' : 'authenticator-code-needed');
      const digits = code.replace(/\D/g, '');
      if (digits !== CODE && !RECOVERY.includes(code.trim().toUpperCase())) throw fails('wrong_password', 'wrong-code');
    }
    clinic.session = sessionOf(clinic, user ?? first(clinic.users));
    return clinic.session;
  },
  'session.join': (clinic, { login, code }) => {
    const user = clinic.users.find((one) => one.login === login);
    const state = of(clinic).states.find((one) => one.user_id === user?.id && one.invited_until !== null);
    if (state === undefined || code.replace(/[^0-9a-z]/gi, '').toUpperCase() !== LOGIN_CODE.replaceAll('-', '')) throw fails('wrong_password', 'wrong-invitation');
    change(clinic, state.user_id, { invited_until: null, invited_email: null });
    clinic.users = clinic.users.map((one) => (one.id === state.user_id ? { ...one, enabled: true } : one));
    return null;
  },
  'session.unlock': (clinic, { password }) => {
    checkPassword(clinic, password, clinic.session === null);
    of(clinic).pinLeft = 5;
    return unlocked(clinic);
  },
  'session.unlock_with_pin': (clinic, { pin }) => {
    const own = of(clinic);
    if (own.pin !== null && own.pinLeft > 0 && pin === own.pin) {
      own.pinLeft = 5;
      return unlocked(clinic);
    }
    own.pinLeft = Math.max(0, own.pinLeft - 1);
    if (own.pinLeft > 0) throw fails('wrong_password', 'wrong-pin', { left: String(own.pinLeft) });
    if (clinic.session !== null) clinic.session = { ...clinic.session, pin: false };
    clinic.emit('session.changed', clinic.session);
    throw fails('wrong_password', 'pin-used-up', { left: '0' });
  },
  'session.password_strength': (_, { password, about }) => strength(password, about),
  'session.people': ({ options }) => (options.others ? [{ window: 'other-2', name: 'Dr Kemi Adeyemi', role: 'doctor' }] : []),
  'session.account': (clinic) => ({ ...of(clinic).own }),
  'session.begin_authenticator': (clinic, { password }) => {
    checkPassword(clinic, password, false);
    of(clinic).begun = 'authenticator';
    return { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', address: 'otpauth://totp/Medibridge:doctor', qr: QR };
  },
  'session.begin_email_codes': (clinic, { password, email }) => {
    checkPassword(clinic, password, false);
    Object.assign(of(clinic), { begun: 'email', email });
    return null;
  },
  'session.confirm_factor': (clinic, { code }) => {
    const own = of(clinic);
    if (own.begun === null) throw fails('conflict', 'factor-not-begun');
    if (code !== CODE) throw fails('wrong_password', 'wrong-code');
    own.own = { ...own.own, second_factor: own.begun, email: own.begun === 'email' ? own.email : null, codes_left: 10 };
    own.begun = null;
    return { codes: RECOVERY };
  },
  'session.remove_factor': (clinic, { password }) => {
    checkPassword(clinic, password, false);
    of(clinic).own = { ...of(clinic).own, second_factor: null, email: null, codes_left: 0 };
    return null;
  },
  'session.renew_codes': (clinic, { password }) => {
    checkPassword(clinic, password, false);
    of(clinic).own = { ...of(clinic).own, codes_left: 10 };
    return { codes: RECOVERY };
  },
  'session.set_pin': (clinic, { password, pin }) => {
    checkPassword(clinic, password, false);
    if (/^(\d)\1+$|^0?1234|^4321/.test(pin)) throw fails('invalid', 'invalid-field', { field: 'pin', rule: 'pin-too-easy' });
    setPin(clinic, pin);
    return null;
  },
  'session.remove_pin': (clinic) => {
    setPin(clinic, null);
    return null;
  },
  'session.end_window': (clinic, { session_id }) => {
    of(clinic).own = { ...of(clinic).own, windows: of(clinic).own.windows.filter((window) => window.session_id !== session_id) };
    return null;
  },
  'session.change_password': (clinic, { current }) => {
    checkPassword(clinic, current, false);
    return null;
  },

  'accounts.states': (clinic) => of(clinic).states.map((state) => ({ ...state })),
  'accounts.invite': (clinic, { name, login, role, email, send }) => {
    if (clinic.users.some((user) => user.login === login)) throw fails('conflict', 'conflict', { reason: 'login-taken' });
    const user: UserView = { ...first(clinic.users), id: uuid('user', clinic.users.length), login, name, role, enabled: false, patient_id: null, created: new Date().toISOString(), last_sign_in: null };
    clinic.users = [...clinic.users, user];
    of(clinic).states = [...of(clinic).states, { user_id: user.id, invited_until: in3Days(), invited_email: email, locked_out: false, second_factor: null }];
    return invitation(clinic, user.id, send ? email : null);
  },
  'accounts.renew_invitation': (clinic, { id, send }) => {
    change(clinic, id, { invited_until: in3Days() });
    const state = of(clinic).states.find(({ user_id }) => user_id === id);
    return invitation(clinic, id, send ? (state?.invited_email ?? null) : null);
  },
  'accounts.withdraw_invitation': (clinic, { id }) => change(clinic, id, { invited_until: null, invited_email: null }),
  'accounts.unlock': (clinic, { id }) => change(clinic, id, { locked_out: false }),
  'accounts.remove_second_factor': (clinic, { id }) => change(clinic, id, { second_factor: null }),
  'accounts.key_rotation': (clinic) => ({ ...of(clinic).rotation }),
  'accounts.rotate_keys': (clinic, { password }) => {
    checkPassword(clinic, password, false);
    of(clinic).rotation = { generation: of(clinic).rotation.generation + 1, waiting: 4 };
    return { ...of(clinic).rotation };
  },
};

export function checkPassword(clinic: Clinic, password: string, unknown: boolean): void {
  if (clinic.tries >= 3) throw fails('too_many_tries', 'too-many-tries', { seconds: '30' });
  if (unknown || password !== PASSWORD) {
    clinic.tries += 1;
    throw fails('wrong_password', 'wrong-password');
  }
  clinic.tries = 0;
}

function of(clinic: Clinic): Kept {
  const known = kept.get(clinic);
  if (known !== undefined) return known;
  const { options, users } = clinic;
  const now = Date.now();
  const since = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  const window = (n: number, here: boolean) => ({ session_id: uuid('session', n), started: since(here ? 2 : 5), active: since(here ? 0 : 1), locked: !here, here });
  const made: Kept = {
    own: {
      second_factor: options.second === 'app' ? 'authenticator' : options.second === 'email' ? 'email' : null,
      email: options.second === 'email' ? 'doctor@riverside.example' : null, codes_left: options.second === 'none' ? 0 : 8,
      pin_since: options.pin ? since(400) : null, mail: options.mail !== 'none', windows: [window(0, true), window(1, false)],
    },
    pin: options.pin ? '4071' : null, pinLeft: 5, begun: null, email: '', rotation: { generation: 0, waiting: 0 },
    states: users.map(({ id, login }) => ({
      user_id: id, invited_until: login === 'old.locum' ? in3Days() : null, invited_email: login === 'old.locum' ? 'bart@riverside.example' : null,
      locked_out: login === 'k.adeyemi', second_factor: login === 'doctor' ? 'authenticator' : null,
    })),
  };
  kept.set(clinic, made);
  return made;
}

function unlocked(clinic: Clinic) {
  if (clinic.session === null) throw fails('sign_in_needed', 'sign-in-needed');
  clinic.session = { ...clinic.session, locked: false, pin: of(clinic).pin !== null };
  return clinic.session;
}

function setPin(clinic: Clinic, pin: string | null): void {
  Object.assign(of(clinic), { pin, pinLeft: 5 });
  of(clinic).own = { ...of(clinic).own, pin_since: pin === null ? null : new Date().toISOString() };
  if (clinic.session !== null) clinic.session = { ...clinic.session, pin: pin !== null };
}

function change(clinic: Clinic, id: string, part: Partial<AccountStateView>): null {
  of(clinic).states = of(clinic).states.map((state) => (state.user_id === id ? { ...state, ...part } : state));
  return null;
}

function invitation(clinic: Clinic, id: string, to: string | null): StaffInvitationView {
  const problem = to !== null && clinic.options.mail === 'none' ? { code: 'conflict' as const, message_id: 'no-mail-server', args: {} } : null;
  return { user_id: id, login: clinic.users.find((user) => user.id === id)?.login ?? '', code: LOGIN_CODE, expires: in3Days(), sent_to: problem === null ? to : null, problem };
}

/** Not zxcvbn, which lives in Rust: as much of it as screens need to be looked at. */
function strength(password: string, about: readonly string[]): PasswordStrengthView {
  const low = password.toLowerCase();
  const letters = low.replace(/[^a-z]/g, '');
  if (['medibridge', 'password', 'clinic'].includes(letters) || about.some((text) => text !== '' && low.includes(text.toLowerCase()))) return { score: 0, allowed: false, warning: 'forbidden', suggestions: ['few-words'] };
  const score = Math.min(4, Math.floor(new Set(low).size / 3) + (low.includes(' ') ? 1 : 0) - (password.length < 10 ? 1 : 0));
  const allowed = password.length >= 10 && score >= 3;
  return { score: Math.max(0, score), allowed, warning: allowed ? null : password.length < 10 && score >= 3 ? 'too-short' : 'one-word', suggestions: allowed ? [] : ['another-word'] };
}

const in3Days = () => new Date(Date.now() + 72 * 3_600_000).toISOString();

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw fails('not_found', 'not-found');
  return item;
}

/** A picture that looks like one; no telephone reads it. */
const QR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape-rendering="crispEdges"><rect width="29" height="29" fill="#fff"/>${Array.from({ length: 21 * 21 }, (_, n) => {
  const [x, y] = [n % 21, Math.floor(n / 21)];
  const eye = (a: number, b: number) => x >= a && x < a + 7 && y >= b && y < b + 7 && (x === a || x === a + 6 || y === b || y === b + 6 || (x > a + 1 && x < a + 5 && y > b + 1 && y < b + 5));
  const inEye = (x < 8 && y < 8) || (x > 12 && y < 8) || (x < 8 && y > 12);
  return eye(0, 0) || eye(14, 0) || eye(0, 14) || (!inEye && (x * 7 + y * 13 + x * y) % 3 === 0) ? `<rect x="${x + 4}" y="${y + 4}" width="1" height="1"/>` : '';
}).join('')}</svg>`;
