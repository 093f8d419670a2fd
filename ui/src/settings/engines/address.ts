/** Whether what is sent there is encrypted, or never leaves this computer. */
export function isEncrypted(address: string): boolean {
  const text = address.trim();
  return /^https:\/\/\S+$/.test(text) || /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/\S*)?$/.test(text);
}
