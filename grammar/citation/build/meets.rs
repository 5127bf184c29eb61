//! What is known of a step from the next byte of the text.

use crate::node::{Class, END, Set};

/// With which next bytes something fits: taking some, taking nothing, and where it fits without fail.
#[derive(Clone, Copy)]
pub struct Meets {
    pub some: Set,
    pub none: Set,
    pub surely: Set,
}

pub const ALL: Set = [u64::MAX; 4];
pub const NO: Set = [0; 4];

pub fn set(bytes: impl IntoIterator<Item = u8>) -> Set {
    let mut set = NO;
    bytes.into_iter().for_each(|byte| set[usize::from(byte >> 6)] |= 1 << (byte & 63));
    set
}

pub fn has(set: &Set, byte: u8) -> bool {
    set[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
}

pub fn both(one: Set, other: Set) -> Set {
    std::array::from_fn(|at| one[at] & other[at])
}

pub fn either(one: Set, other: Set) -> Set {
    std::array::from_fn(|at| one[at] | other[at])
}

pub fn none_of(set: Set) -> Set {
    set.map(|bits| !bits)
}

pub fn bytes_of(set: &Set) -> Vec<u8> {
    (0..=u8::MAX).filter(|byte| has(set, *byte)).collect()
}

impl Meets {
    pub const NEVER: Meets = Meets { some: NO, none: NO, surely: NO };
    pub const EMPTY: Meets = Meets { some: NO, none: ALL, surely: ALL };

    pub fn byte(bytes: Set) -> Meets {
        Meets { some: bytes, none: NO, surely: bytes }
    }

    pub fn any(self) -> Set {
        either(self.some, self.none)
    }

    pub fn then(self, next: Meets) -> Meets {
        Meets {
            some: either(self.some, both(self.none, next.some)),
            none: both(self.none, next.none),
            surely: both(both(self.surely, self.none), both(none_of(self.some), next.surely)),
        }
    }

    pub fn or(self, other: Meets) -> Meets {
        Meets {
            some: either(self.some, other.some),
            none: either(self.none, other.none),
            surely: either(self.surely, other.surely),
        }
    }

    pub fn within(self, bytes: Set) -> Meets {
        Meets { some: both(self.some, bytes), none: both(self.none, bytes), surely: both(self.surely, bytes) }
    }

    /// Of one character.
    pub fn class(class: Class) -> Meets {
        let beyond = set(0x80..END);
        let of = |bytes: Set| Meets { some: either(bytes, beyond), none: NO, surely: bytes };
        match class {
            Class::AnyLetter => of(either(set(b'a'..=b'z'), set(b'A'..=b'Z'))),
            Class::Capital => of(set(b'A'..=b'Z')),
            Class::Small => of(set(b'a'..=b'z')),
            Class::Mark => of(NO),
            Class::Anything => Meets::byte(set(0..END)),
        }
    }
}
