//! The printing condition of a press edition: an ICC profile and its name.

use std::sync::Arc;

/// A profile of a printing device, and what the condition is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputProfile {
    pub(super) bytes: Arc<[u8]>,
    /// Its inks: 1 or 4.
    pub(super) inks: u8,
    pub(super) condition: String,
    pub(super) info: String,
    /// Whether the name is one of the registry of the ICC.
    pub(super) is_registered: bool,
}

/// Why a press edition cannot have a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// It is something else.
    #[error("it is no ICC profile")]
    NoProfile,
    /// Its end is missing.
    #[error("it is not as long as it says, so some of it is missing")]
    Truncated,
    /// Presses may not know its version.
    #[error("it is an ICC profile of another version than 2, which older presses do not read")]
    Version,
    /// It describes a screen or a camera, say.
    #[error("it is not the profile of a printing device; ask the print shop for one")]
    NoPrinter,
    /// Its device mixes light.
    #[error("it is of a device with red, green and blue, and black text would be mixed")]
    Rgb,
    /// Its device has other inks.
    #[error("it is neither of grey nor of four inks")]
    Inks,
    /// A table that PDF/X-4 needs is not there.
    #[error("it has no table `{0}`")]
    NoTable(String),
    /// It is the profile of another condition than the one that was named.
    #[error("it is the profile of FOGRA{own}, and the condition is called `{condition}`")]
    OtherCondition {
        /// The number of the condition that the profile names.
        own: String,
        /// The name that was given.
        condition: String,
    },
    /// The condition is not known by its name, and nothing says what it is.
    #[error("`{0}` is not a name of the ICC's registry that is known here; say what it is in `info`")]
    UnknownCondition(String),
}

/// Free of known copyright restrictions, as it says itself.
const COATED: &[u8] = include_bytes!("../../../assets/icc/FOGRA39L_coated.icc");

/// Names of the ICC's registry of characterizations (color.org) that printers in
/// Europe use for offset, with what they are.
const REGISTERED: [(&str, &str); 4] = [
    ("FOGRA39", "Offset on coated paper, ISO 12647-2:2004"),
    ("FOGRA47", "Offset on uncoated white paper, ISO 12647-2:2004"),
    ("FOGRA51", "Offset on premium coated paper, ISO 12647-2:2013 (PSO Coated v3)"),
    ("FOGRA52", "Offset on wood-free uncoated paper, ISO 12647-2:2013 (PSO Uncoated v3)"),
];

impl Default for OutputProfile {
    /// Offset on coated paper, FOGRA39.
    fn default() -> Self {
        let (condition, info) = REGISTERED[0];
        OutputProfile {
            bytes: Arc::from(COATED),
            inks: 4,
            condition: condition.to_owned(),
            info: info.to_owned(),
            is_registered: true,
        }
    }
}

impl OutputProfile {
    /// A profile of one's own; `info` says what the condition is where its name
    /// is not one that is registered.
    ///
    /// # Errors
    /// [`ProfileError`], if a press edition cannot have it.
    pub fn new(bytes: Vec<u8>, condition: &str, info: Option<&str>) -> Result<OutputProfile, ProfileError> {
        let inks = inks(&bytes)?;
        let condition = condition.trim();
        let registered = REGISTERED.iter().find(|(name, _)| *name == condition);
        if let Some(own) = number_of(description(&bytes))
            && let Some(named) = number_of(condition.as_bytes())
            && own != named
        {
            return Err(ProfileError::OtherCondition { own, condition: condition.to_owned() });
        }
        let info = info.or(registered.map(|(_, info)| *info));
        let info = info.ok_or_else(|| ProfileError::UnknownCondition(condition.to_owned()))?;
        Ok(OutputProfile {
            bytes: Arc::from(bytes),
            inks,
            condition: condition.to_owned(),
            info: info.to_owned(),
            is_registered: registered.is_some(),
        })
    }
}

/// How many inks a profile has, or why PDF/X-4 may not embed it. What a
/// profile's header says, and where, is in ICC.1:2001-04, 6.1.
fn inks(bytes: &[u8]) -> Result<u8, ProfileError> {
    let field = |at: usize| bytes.get(at..at + 4).unwrap_or_default();
    if field(36) != b"acsp" {
        return Err(ProfileError::NoProfile);
    }
    if number(field(0)) != Some(bytes.len()) {
        return Err(ProfileError::Truncated);
    }
    if bytes.get(8) != Some(&2) {
        return Err(ProfileError::Version);
    }
    if field(12) != b"prtr" {
        return Err(ProfileError::NoPrinter);
    }
    let (inks, needed): (u8, &[&[u8]]) = match field(16) {
        b"GRAY" => (1, &[b"kTRC", b"wtpt"]),
        b"CMYK" => (4, &[b"A2B0", b"B2A0"]),
        b"RGB " => return Err(ProfileError::Rgb),
        _ => return Err(ProfileError::Inks),
    };
    for needed in needed {
        if tag(bytes, needed).is_none() {
            return Err(ProfileError::NoTable(String::from_utf8_lossy(needed).into_owned()));
        }
    }
    Ok(inks)
}

fn number(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
}

/// The bytes of a tag of a profile.
fn tag<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let count = number(bytes.get(128..132)?)?;
    let entries = bytes.get(132..)?.chunks_exact(12).take(count);
    let entry = entries.into_iter().find(|entry| entry.starts_with(name))?;
    let (from, length) = (number(&entry[4..8])?, number(&entry[8..12])?);
    bytes.get(from..from.checked_add(length)?)
}

fn description(bytes: &[u8]) -> &[u8] {
    tag(bytes, b"desc").unwrap_or_default()
}

/// The figures after `FOGRA`.
fn number_of(words: &[u8]) -> Option<String> {
    let at = words.windows(5).position(|window| window.eq_ignore_ascii_case(b"FOGRA"))?;
    let figures: String =
        words[at + 5..].iter().map(|byte| char::from(*byte)).take_while(char::is_ascii_digit).collect();
    (!figures.is_empty()).then_some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_profile_is_one_that_we_would_take() {
        let ours = OutputProfile::default();
        assert_eq!(OutputProfile::new(COATED.to_vec(), "FOGRA39", None), Ok(ours));
    }

    #[test]
    fn a_profile_that_print_shops_refuse_is_refused_with_the_reason() {
        let why = |profile: &[u8], condition: &str, info: Option<&str>| {
            let refused = OutputProfile::new(profile.to_vec(), condition, info).err();
            refused.map(|error| error.to_string()).unwrap_or_default()
        };
        let changed = |at: usize, bytes: &[u8]| {
            let mut profile = COATED.to_vec();
            profile[at..at + bytes.len()].copy_from_slice(bytes);
            why(&profile, "FOGRA39", None)
        };
        assert!(changed(36, b"none").contains("no ICC profile"));
        assert!(changed(8, &[4]).contains("version"));
        assert!(changed(12, b"mntr").contains("printing device"));
        assert!(changed(16, b"RGB ").contains("red, green and blue"));
        assert!(changed(16, b"Lab ").contains("neither"));
        assert!(changed(16, b"GRAY").contains("`kTRC`"));
        assert!(why(&COATED[..1000], "FOGRA39", None).contains("missing"));
        assert!(why(&[], "FOGRA39", None).contains("no ICC profile"));
        assert!(why(COATED, "FOGRA51", None).contains("FOGRA39"));
        assert!(why(COATED, "Our press", None).contains("info"));
        assert_eq!(why(COATED, "Our press", Some("black on our paper")), "");
    }
}
