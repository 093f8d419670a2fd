// Accounts of the invented clinic.
import type { UserView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, type Clinic } from './clinic';
import { uuid } from './people';

type Some = 'users.list' | 'users.create' | 'users.set_enabled' | 'users.reset_password' | 'users.set_role' | 'users.remove' | 'users.end_sessions' | 'users.signed_in' | 'users.duties';

export const users: { [N in Some & CommandName]: (clinic: Clinic, request: Request<N>) => Response<N> } = {
  'users.list': (clinic) => clinic.users.map((user) => ({ ...user })),
  'users.create': (clinic, { name, login, role }) => {
    if (clinic.users.some((user) => user.login === login && user.removed === null)) throw fails('conflict', 'login-taken');
    const user = { id: uuid('user', clinic.users.length), login, name, role, enabled: true, patient_id: null, created: new Date().toISOString(), last_sign_in: null, removed: null };
    clinic.users = [...clinic.users, user];
    return user;
  },
  'users.set_enabled': (clinic, { id, enabled }) => changed(clinic, id, { enabled }),
  'users.reset_password': () => null,
  'users.set_role': (clinic, { id, role }) => changed(clinic, id, { role }),
  'users.remove': (clinic, { id }) => changed(clinic, id, { enabled: false, removed: new Date().toISOString() }),
  'users.end_sessions': () => null,
  'users.signed_in': (clinic) => clinic.users.filter(({ login }) => login === clinic.session?.login || login === 'doctor').map((user) => ({
    user_id: user.id, name: user.name, role: user.role, window: user.login === clinic.session?.login ? 'main' : 'window-2', here: user.login === clinic.session?.login,
    locked: user.login !== clinic.session?.login, since: new Date(Date.now() - 5_400_000).toISOString(), active: new Date(Date.now() - (user.login === clinic.session?.login ? 0 : 1_260_000)).toISOString(),
  })),
  'users.duties': (clinic, { id }) => (clinic.users.find((user) => user.id === id)?.login === 'doctor' ? { restricted: 2, drafts: 1, consultations: 0 } : { restricted: 0, drafts: 0, consultations: 0 }),
};

function changed(clinic: Clinic, id: string, to: Partial<UserView>): UserView {
  clinic.users = clinic.users.map((user) => (user.id === id ? { ...user, ...to } : user));
  const user = clinic.users.find((one) => one.id === id);
  if (user === undefined) throw fails('not_found', 'not-found', { what: 'user' });
  return user;
}
