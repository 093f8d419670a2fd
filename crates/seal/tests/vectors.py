"""Makes vectors.txt from the format's description alone (pip: blake3, pycryptodome)."""

from blake3 import blake3
from Crypto.Cipher import ChaCha20_Poly1305

CHUNK = 65536


def sealed(content):
    header = b"MBS\x01" + bytes([2] * 24)
    context = "medibridge 2026-11 sealed file"
    key = blake3(bytes([1] * 32) + header + b"name", derive_key_context=context).digest()
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    out = header
    for number, chunk in enumerate(chunks):
        last = number == len(chunks) - 1
        nonce = bytes(15) + number.to_bytes(8, "big") + bytes([last])
        body, tag = ChaCha20_Poly1305.new(key=key, nonce=nonce).encrypt_and_digest(chunk)
        out += body + tag
    return out


print("# length of the content (byte n is n mod 251), BLAKE3 of the file sealed with key 01…, salt 02…,")
print("# associated data \"name\"; made by vectors.py, which shares no code with the crate")
for length in [0, 1, 65535, 65536, 65537, 131072, 200000]:
    content = bytes(n % 251 for n in range(length))
    print(length, blake3(sealed(content)).hexdigest())
