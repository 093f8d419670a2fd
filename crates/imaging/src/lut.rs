//! Look-up tables: the modality LUT turns stored values into units that mean something.

/// A table of values; outside it, its ends hold (PS3.3 C.11.1.1.1, C.11.2.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The input that maps to the first entry.
    pub first: i32,
    /// Bits of an output value, 1–16.
    pub bits: u32,
    /// Never empty.
    pub(crate) values: Vec<u16>,
}

impl Table {
    /// A table, unless it is empty or its outputs have no or more than 16 bits.
    pub fn new(first: i32, bits: u32, values: Vec<u16>) -> Option<Self> {
        (!values.is_empty() && (1..=16).contains(&bits)).then_some(Self {
            first,
            bits,
            values,
        })
    }
    /// The output for an input.
    pub fn at(&self, input: i64) -> u16 {
        let last = self.values.len() as i64 - 1;
        let at = input.saturating_sub(i64::from(self.first)).clamp(0, last);
        self.values[at as usize]
    }
}

/// Stored value to output unit (PS3.3 C.11.1).
#[derive(Clone, Debug, PartialEq)]
pub enum Modality {
    /// value × slope + intercept.
    Linear {
        /// Never 0.
        slope: f64,
        /// Output at 0.
        intercept: f64,
    },
    /// Modality LUT Sequence.
    Table(Table),
}
