//! What mdBook's own pages lack for screen readers.
//!
//! mdBook would let us replace its whole page template. Then each new version's template would have
//! to be merged by hand; so a few passages of the finished pages are replaced instead, and a passage
//! that is not there any more stops the build.

use std::fs;
use std::path::Path;

use crate::edition::Refused;
use crate::links::files;

/// A passage of mdBook's template, and what stands there instead.
struct Patch {
    from: &'static str,
    to: &'static str,
}

const PATCHES: [Patch; 2] = [
    // A label may not say whether what it controls is expanded; a button may. It takes the focus,
    // and `widgets/page.js` lets keys press it.
    Patch {
        from: r#"<label id="mdbook-sidebar-toggle" class="icon-button""#,
        to: r#"<label id="mdbook-sidebar-toggle" role="button" tabindex="0" class="icon-button""#,
    },
    // Everything on a page should belong to a landmark.
    Patch {
        from: r#"<div id="mdbook-menu-bar" class="menu-bar sticky">"#,
        to: r#"<div id="mdbook-menu-bar" role="banner" class="menu-bar sticky">"#,
    },
];

/// Replaces the passages on every page under `output`.
///
/// # Errors
/// If a passage is missing, or if a file cannot be read or written.
pub fn polish(output: &Path) -> Result<(), Refused> {
    for file in files(output)?.into_iter().filter(|file| is_page(file)) {
        let mut html = fs::read_to_string(&file)?;
        for patch in &PATCHES {
            if !html.contains(patch.from) {
                let what = format!(
                    "mdBook's template has changed: `{}` is not in {}. Adapt book/builder/src/polish.rs.",
                    patch.from,
                    file.display()
                );
                return Err(Refused::Failed(what));
            }
            html = html.replacen(patch.from, patch.to, 1);
        }
        fs::write(&file, html)?;
    }
    Ok(())
}

/// Pages made from the template: not the bare table of contents.
fn is_page(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "html") && !file.ends_with("toc.html")
}
