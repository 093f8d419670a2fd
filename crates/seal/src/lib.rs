//! Sealed files of the vault; later the end-to-end envelopes of a consultation.
