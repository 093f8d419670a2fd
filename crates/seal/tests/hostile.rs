//! Whatever is done to a sealed file, it opens to the same bytes or not at all.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use seal::{CHUNK, Key, SealError, open, seal, sealed_len};

const HEADER: usize = 28;
const SEALED_CHUNK: usize = CHUNK + 16;

fn key() -> Key {
    Key::from_bytes([9; 32])
}

fn sealed(content: &[u8], name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    assert_eq!(
        seal(&key(), name, &mut &content[..], &mut out).unwrap(),
        content.len() as u64
    );
    out
}

fn opened(key: &Key, name: &[u8], mut sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut out = Vec::new();
    open(key, name, &mut sealed, &mut out).map(|_| out)
}

fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at * 7 % 253) as u8).collect()
}

#[test]
fn every_length_around_a_chunk_comes_back() {
    for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5] {
        let content = pattern(len);
        let sealed = sealed(&content, b"n");
        assert_eq!(sealed.len() as u64, sealed_len(len as u64));
        assert_eq!(opened(&key(), b"n", &sealed).unwrap(), content, "{len}");
    }
}

#[test]
fn another_key_or_name_does_not_open() {
    let sealed = sealed(b"film", b"one");
    assert!(opened(&Key::from_bytes([8; 32]), b"one", &sealed).is_err());
    assert!(opened(&key(), b"two", &sealed).is_err());
}

#[test]
fn chunks_cannot_be_swapped_dropped_repeated_or_cut_off() {
    let content = pattern(3 * CHUNK + 100);
    let whole = sealed(&content, b"n");
    let chunk = |at: usize| {
        let start = HEADER + at * SEALED_CHUNK;
        &whole[start..whole.len().min(start + SEALED_CHUNK)]
    };
    let built = |order: &[usize]| {
        let mut file = whole[..HEADER].to_vec();
        order
            .iter()
            .for_each(|&at| file.extend_from_slice(chunk(at)));
        opened(&key(), b"n", &file)
    };
    assert_eq!(built(&[0, 1, 2, 3]).unwrap(), content);
    for order in [
        &[1, 0, 2, 3][..],
        &[0, 2, 3],
        &[0, 1, 2],
        &[0, 1],
        &[0],
        &[],
        &[0, 0, 1, 2, 3],
        &[0, 1, 2, 3, 3],
        &[3],
        &[1, 2, 3],
    ] {
        assert!(matches!(built(order), Err(SealError::Broken)), "{order:?}");
    }
}

#[test]
fn a_chunk_of_another_file_under_the_same_key_does_not_fit() {
    let (one, two) = (
        sealed(&pattern(2 * CHUNK), b"n"),
        sealed(&pattern(2 * CHUNK), b"n"),
    );
    let mut mixed = one[..HEADER + SEALED_CHUNK].to_vec();
    mixed.extend_from_slice(&two[HEADER + SEALED_CHUNK..]);
    assert!(opened(&key(), b"n", &mixed).is_err());
}

#[test]
fn a_later_version_is_named() {
    let mut file = sealed(b"film", b"n");
    file[3] = 2;
    assert!(matches!(
        opened(&key(), b"n", &file),
        Err(SealError::UnknownFormat)
    ));
    assert!(matches!(
        opened(&key(), b"n", b"PNG"),
        Err(SealError::UnknownFormat)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_changed_cut_or_added_byte_is_refused(
        len in 0usize..(2 * CHUNK + 50),
        place in any::<prop::sample::Index>(),
        flip in 1u8..,
        kind in 0..3,
    ) {
        let mut file = sealed(&pattern(len), b"n");
        let at = place.index(file.len());
        match kind {
            0 => file[at] ^= flip,
            1 => file.truncate(at),
            _ => file.insert(at, flip),
        }
        // Inserting a byte that equals its neighbour anywhere still changes the length.
        prop_assert!(opened(&key(), b"n", &file).is_err());
    }

    #[test]
    fn random_bytes_never_open_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(opened(&key(), b"n", &bytes).is_err());
        let with_header = [b"MBS\x01".to_vec(), bytes].concat();
        prop_assert!(opened(&key(), b"n", &with_header).is_err());
    }
}
