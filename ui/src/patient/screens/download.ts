/** Gives the person a file to keep, where the browser puts downloads. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The phone has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
