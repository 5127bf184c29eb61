//! Passages in a language that nobody described.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::syntax::ast::Inline;

/// `{lang xx: …}` with an unknown tag.
pub(super) fn unknown(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    context.each_inline(&mut |inline, _| {
        let Inline::Lang { tag, .. } = inline else { return };
        if !Locale::tags().any(|known| known == tag.text) {
            let known: Vec<&str> = Locale::tags().collect();
            found.push(
                Diagnostic::new(
                    Code::WrongType,
                    tag.span,
                    format!("`{}` is no language that this version knows", tag.text),
                )
                .hint(format!("write one of {}", known.join(", "))),
            );
        }
    });
}
