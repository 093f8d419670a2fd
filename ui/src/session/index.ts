export * from './ChangePassword';
export * from './IdleWatch';
export * from './Lock';
export * from './Passphrase';
export * from './SignIn';
