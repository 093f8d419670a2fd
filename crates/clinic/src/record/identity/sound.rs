//! How a name is written and how it sounds, in every script. A name is brought into Latin letters first
//! (`any_ascii`), then each word has two codes of Double Metaphone (Philips, 2000), and the skeleton of its
//! consonants: scripts that write no vowels have nothing else.

use std::sync::LazyLock;

use rphonetic::DoubleMetaphone;

/// Names are compared word by word, and only so many of them.
const WORDS: usize = 12;

static METAPHONE: LazyLock<DoubleMetaphone> = LazyLock::new(DoubleMetaphone::default);

/// A name as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Its words in Latin letters, in their order.
    pub(super) words: Vec<Word>,
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In small Latin letters and digits.
    pub(super) letters: String,
    /// How it sounds, and how else it may.
    sounds: [String; 2],
    /// Its consonants.
    skeleton: String,
}

impl Spoken {
    /// Reads a name.
    pub(super) fn of(name: &str) -> Self {
        let latin = any_ascii::any_ascii(&apart(name)).to_lowercase();
        let words = latin
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
            .map(|word| word.replace('\'', ""))
            .filter(|word| !word.is_empty())
            .take(WORDS)
            .map(Word::of);
        Self {
            words: words.collect(),
        }
    }

    /// All of it in Latin letters.
    pub(super) fn letters(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| &*word.letters).collect();
        words.join(" ")
    }

    /// The letters without what parts the words: some write 小明 as one word and some as two.
    pub(super) fn run(&self) -> String {
        self.words.iter().map(|word| &*word.letters).collect()
    }

    /// The same words, whatever their order.
    pub(super) fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<_> = self.words.iter().map(|word| &*word.letters).collect();
        words.sort_unstable();
        words
    }

    /// Whether every word of the shorter has one in the other that is the same or sounds so, each once;
    /// `whole`: and none is left over.
    pub(super) fn sounds_like(&self, other: &Self, whole: bool) -> bool {
        let (short, long) = match self.words.len() <= other.words.len() {
            true => (&self.words, &other.words),
            false => (&other.words, &self.words),
        };
        if short.is_empty() || (whole && short.len() != long.len()) {
            return false;
        }
        let mut left: Vec<&Word> = long.iter().collect();
        short.iter().all(|word| {
            let same = left.iter().position(|one| one.letters == word.letters);
            let like = same.or_else(|| left.iter().position(|one| one.sounds_like(word)));
            like.map(|at| left.swap_remove(at)).is_some()
        })
    }

    /// Keys under which names that sound alike are found: words by their sounds, and by their skeletons.
    pub(super) fn keys(&self) -> Vec<String> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let joined = |prefix: &str, code: &dyn Fn(&Word) -> String| {
            let mut codes: Vec<_> = self.words.iter().map(code).collect();
            codes.sort_unstable();
            format!("{prefix}:{}", codes.join(" "))
        };
        let mut keys = vec![
            joined("sound", &|word| word.sounds[0].clone()),
            joined("sound", &|word| word.sounds[1].clone()),
            joined("bones", &|word| word.skeleton.clone()),
        ];
        keys.dedup();
        keys
    }
}

impl Word {
    fn of(letters: String) -> Self {
        // Digits sound of nothing; a word of digits is itself.
        let plain: String = letters.chars().filter(char::is_ascii_alphabetic).collect();
        let heard = METAPHONE.double_metaphone(&plain);
        let or_letters = |code: String| match code.is_empty() {
            true => letters.clone(),
            false => code,
        };
        Self {
            sounds: [or_letters(heard.primary()), or_letters(heard.alternate())],
            skeleton: or_letters(skeleton(&plain)),
            letters,
        }
    }

    fn sounds_like(&self, other: &Self) -> bool {
        let same_sound = self
            .sounds
            .iter()
            .any(|one| one.len() > 1 && other.sounds.contains(one));
        let same_bones = self.skeleton.len() > 2 && self.skeleton == other.skeleton;
        let near = || strsim::jaro_winkler(&self.letters, &other.letters) >= 0.8;
        let short = self.sounds.iter().any(|one| other.sounds.contains(one));
        same_bones || (same_sound && near_enough(self, other)) || (short && near())
    }
}

/// Each Chinese character is a word of its own.
fn apart(name: &str) -> String {
    let mut apart = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                apart.extend([' ', c, ' ']);
            }
            c => apart.push(c),
        }
    }
    apart
}

/// Double Metaphone hears four sounds; longer words that only begin alike are not alike.
fn near_enough(one: &Word, other: &Word) -> bool {
    one.letters.len().abs_diff(other.letters.len()) <= 4
}

/// Consonants, each once in a row; letters that stand for one sound are one.
fn skeleton(letters: &str) -> String {
    let joined = letters
        .replace("ph", "f")
        .replace("kh", "k")
        .replace("sh", "s")
        .replace("th", "t")
        .replace("dh", "d")
        .replace("gh", "g");
    let mut bones = String::with_capacity(joined.len());
    for letter in joined.chars() {
        let bone = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'v' => 'b',
            other => other,
        };
        if !bones.ends_with(bone) {
            bones.push(bone);
        }
    }
    bones
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        Spoken::of(one).sounds_like(&Spoken::of(other), true)
    }

    #[test]
    fn names_that_sound_alike_are_heard_in_any_script() {
        for (one, other) in [
            ("Meyer Catherine", "Katharine Meier"),
            ("Stephen Smith", "Steven Smyth"),
            ("محمد حسن", "Mohammed Hassan"),
            ("Иванов Дмитрий", "Dmitri Ivanov"),
            ("राम कुमार", "Ram Kumar"),
            ("రామ కుమార్", "Rama Kumar"),
            ("José Núñez", "Jose Nunez"),
            ("李伟", "Li Wei"),
            ("O'Brien, Sean", "Sean OBrien"),
        ] {
            assert!(
                alike(one, other),
                "{one} {other} {:?} {:?}",
                Spoken::of(one),
                Spoken::of(other)
            );
        }
    }

    #[test]
    fn names_of_others_are_not() {
        for (one, other) in [
            ("Ana Silva", "Eva Silva"),
            ("Maria Lopez", "Mario Perez"),
            ("Li Wei", "Lu Fang"),
            ("Peter Hansen", "Peter Jansen"),
            ("Amina Diallo", "Fatou Diallo"),
        ] {
            assert!(
                !alike(one, other),
                "{one} {other} {:?} {:?}",
                Spoken::of(one),
                Spoken::of(other)
            );
        }
    }

    proptest! {
        /// Whatever a name holds, it is read, and it sounds like itself.
        #[test]
        fn any_name_is_read(name in ".{0,60}") {
            let spoken = Spoken::of(&name);
            prop_assert!(spoken.words.is_empty() || spoken.sounds_like(&spoken, true));
            prop_assert_eq!(spoken.keys().is_empty(), spoken.words.is_empty());
        }
    }
}
