//! The red team's edits: what a machine gets wrong, made in a professional translation. Each is a rule
//! that names itself; the sentence it is made in stays otherwise as it is.

use basics::Language;
use language::guard::Kind;

/// A changed translation.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) source: String,
    pub(crate) target: String,
}

/// Every edit that a pair allows.
pub(crate) fn edits(source: &str, target: &str, language: Language) -> Vec<Edit> {
    let mut found = Vec::new();
    numbers(source, target, &mut found);
    with_dose(source, target, language, &mut found);
    swaps(source, target, language, &mut found);
    found
}

/// Numbers in digits: the last digit, a place more, a place less, a decimal mark lost, left out.
fn numbers(source: &str, target: &str, found: &mut Vec<Edit>) {
    let mut edit = |name, changed: String| {
        found.push(Edit {
            name,
            kind: Kind::Number,
            source: source.into(),
            target: changed,
        });
    };
    for (start, end) in runs(target) {
        let run = &target[start..end];
        // What is part of a name, or is not in the source in these digits, is no number to change.
        let glued = target[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        if glued || !source.contains(run) {
            continue;
        }
        let put = |new: &str| format!("{}{new}{}", &target[..start], &target[end..]);
        let last = run
            .bytes()
            .next_back()
            .map_or(0, |digit| (digit - b'0' + 1) % 10);
        edit(
            "last digit one more",
            put(&format!("{}{last}", &run[..run.len() - 1])),
        );
        edit("a zero added", put(&format!("{run}0")));
        if run.len() > 1 && !run.contains(['.', ',']) {
            edit("last digit lost", put(&run[..run.len() - 1]));
        }
        if run.len() > 1 && run.contains(['.', ',']) {
            edit("decimal mark or thousands mark moved", put(&moved(run)));
        }
        edit("left out", put(""));
        return;
    }
}

/// Digits with the marks between them.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let grows = runs.last().is_some_and(|run| run.1 == at);
        let digit_follows = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if c.is_ascii_digit() && !grows {
            runs.push((at, at + 1));
        } else if let Some(run) = runs.last_mut()
            && grows
            && (c.is_ascii_digit() || (matches!(c, '.' | ',') && digit_follows))
        {
            run.1 = at + 1;
        }
    }
    runs
}

/// The number with its mark one place further: 1.5 becomes 15, 12,345 becomes 123,45.
fn moved(run: &str) -> String {
    let mut chars: Vec<char> = run.chars().collect();
    let at = chars.iter().position(|c| !c.is_ascii_digit()).unwrap_or(0);
    if at + 2 >= chars.len() {
        chars.remove(at);
    } else {
        chars.swap(at, at + 1);
    }
    chars.into_iter().collect()
}

/// The same dose said after both, then changed in the translation.
fn with_dose(source: &str, target: &str, language: Language, found: &mut Vec<Edit>) {
    let dose =
        |english: &str, other: &str| (format!("{source} {english}"), format!("{target} {other}"));
    let said = said(language);
    for (name, kind, english, other) in [
        (
            "500 mg becomes 50 mg",
            Kind::Dose,
            "(500 mg)",
            "(50 mg)".to_owned(),
        ),
        (
            "2.5 mg becomes 25 mg",
            Kind::Dose,
            "(2.5 mg)",
            "(25 mg)".into(),
        ),
        ("mg becomes g", Kind::Unit, "(500 mg)", "(500 g)".into()),
        ("mg becomes mcg", Kind::Unit, "(500 mg)", "(500 mcg)".into()),
        ("ml becomes l", Kind::Unit, "(10 ml)", "(10 l)".into()),
        ("the unit is lost", Kind::Unit, "(10 ml)", "(10)".into()),
        (
            "3 days become 3 weeks",
            Kind::Unit,
            "(for 3 days)",
            format!("(3 {})", said.weeks),
        ),
        (
            "two tablets become three",
            Kind::Dose,
            "(two tablets)",
            format!("({} {})", said.three, said.tablets),
        ),
        (
            "daily becomes weekly",
            Kind::Dose,
            "(daily)",
            format!("({})", said.weekly),
        ),
    ] {
        let (source, target) = dose(english, &other);
        found.push(Edit {
            name,
            kind,
            source,
            target,
        });
    }
    for (name, kind, english, other) in [
        (
            "left arm becomes right",
            Kind::Laterality,
            "(left arm)",
            said.right,
        ),
        (
            "right arm becomes left",
            Kind::Laterality,
            "(right arm)",
            said.left,
        ),
        (
            "paracetamol becomes ibuprofen",
            Kind::Drug,
            "(paracetamol)",
            said.ibuprofen,
        ),
        ("March becomes May", Kind::Date, "(3 March)", said.may),
    ] {
        let (source, target) = dose(english, &format!("({other})"));
        found.push(Edit {
            name,
            kind,
            source,
            target,
        });
    }
}

struct Words {
    weeks: &'static str,
    three: &'static str,
    tablets: &'static str,
    weekly: &'static str,
    right: &'static str,
    left: &'static str,
    ibuprofen: &'static str,
    may: &'static str,
}

fn said(language: Language) -> Words {
    let [weeks, three, tablets, weekly, right, left, ibuprofen, may] = match language {
        Language::Ar => [
            "أسابيع",
            "ثلاثة",
            "أقراص",
            "أسبوعيا",
            "الذراع اليمنى",
            "الذراع اليسرى",
            "إيبوبروفين",
            "3 مايو",
        ],
        Language::Es => [
            "semanas",
            "tres",
            "comprimidos",
            "cada semana",
            "brazo derecho",
            "brazo izquierdo",
            "ibuprofeno",
            "3 de mayo",
        ],
        Language::Fr => [
            "semaines",
            "trois",
            "comprimés",
            "chaque semaine",
            "bras droit",
            "bras gauche",
            "ibuprofène",
            "3 mai",
        ],
        Language::Hi => [
            "सप्ताह",
            "तीन",
            "गोलियाँ",
            "हर सप्ताह",
            "दाहिना हाथ",
            "बायाँ हाथ",
            "इबुप्रोफेन",
            "3 मई",
        ],
        Language::Pt => [
            "semanas",
            "três",
            "comprimidos",
            "por semana",
            "braço direito",
            "braço esquerdo",
            "ibuprofeno",
            "3 de maio",
        ],
        Language::Ru => [
            "недели",
            "три",
            "таблетки",
            "еженедельно",
            "правая рука",
            "левая рука",
            "ибупрофен",
            "3 мая",
        ],
        _ => ["周", "三", "片", "每周", "右臂", "左臂", "布洛芬", "5月3日"],
    };
    Words {
        weeks,
        three,
        tablets,
        weekly,
        right,
        left,
        ibuprofen,
        may,
    }
}

/// A denial put in, or taken out where both sides deny.
fn swaps(source: &str, target: &str, language: Language, found: &mut Vec<Edit>) {
    let denies = [" not ", "n't ", " no ", " without ", " never ", " cannot "];
    let denied = denies
        .iter()
        .any(|word| format!(" {source} ").contains(word));
    let only = source.contains("not only") || source.contains("whether or not");
    let (put_in, taken_out) = denials(language);
    for &(from, to) in if denied { taken_out } else { put_in } {
        if only {
            break;
        }
        let Some(changed) = replaced(target, from, to, language) else {
            continue;
        };
        found.push(Edit {
            name: if denied {
                "the denial is lost"
            } else {
                "a denial is added"
            },
            kind: Kind::Negation,
            source: source.into(),
            target: changed,
        });
        return;
    }
}

type Pairs = &'static [(&'static str, &'static str)];

#[rustfmt::skip]
fn denials(language: Language) -> (Pairs, Pairs) {
    match language {
        Language::Ar => (&[("يمكن", "لا يمكن"), ("يجب", "لا يجب"), ("يوجد", "لا يوجد"), ("كان", "لم يكن"), ("كانت", "لم تكن"), ("لدي", "ليس لدي")], &[("لا يمكن", "يمكن"), ("لا يوجد", "يوجد"), ("ليس لدي", "لدي"), ("لم", ""), ("لا", "")]),
        Language::Es => (&[("es", "no es"), ("son", "no son"), ("puede", "no puede"), ("tiene", "no tiene"), ("tengo", "no tengo"), ("fue", "no fue"), ("está", "no está")], &[("no", ""), ("sin", "con")]),
        Language::Fr => (&[("est", "n’est pas"), ("sont", "ne sont pas"), ("peut", "ne peut pas"), ("avez", "n’avez pas"), ("doit", "ne doit pas"), ("était", "n’était pas")], &[("pas", ""), ("sans", "avec")]),
        Language::Hi => (&[("है", "नहीं है"), ("हैं", "नहीं हैं"), ("था", "नहीं था"), ("थे", "नहीं थे")], &[("नहीं", ""), ("बिना", "साथ")]),
        Language::Pt => (&[("é", "não é"), ("são", "não são"), ("pode", "não pode"), ("tem", "não tem"), ("foi", "não foi"), ("está", "não está")], &[("não", ""), ("sem", "com")]),
        Language::Ru => (&[("является", "не является"), ("может", "не может"), ("могут", "не могут"), ("был", "не был"), ("были", "не были"), ("есть", "нет")], &[("не", ""), ("нет", "есть"), ("без", "с")]),
        _ => (&[("可以", "不可以"), ("会", "不会"), ("是", "不是"), ("有", "没有"), ("能", "不能")], &[("没有", "有"), ("不会", "会"), ("不能", "能"), ("不是", "是"), ("无法", "可以"), ("尚未", "已")]),
    }
}

/// The first whole word changed; Chinese has no spaces around one.
fn replaced(text: &str, from: &str, to: &str, language: Language) -> Option<String> {
    let edge = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace() || c.is_ascii_punctuation() || "¿¡،。，；？।".contains(c)
        })
    };
    let at = text.match_indices(from).map(|(at, _)| at).find(|at| {
        language == Language::Zh
            || edge(text[..*at].chars().next_back()) && edge(text[at + from.len()..].chars().next())
    })?;
    Some(format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}
