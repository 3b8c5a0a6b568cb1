//! Why a line is not part of the text.

/// What a line that is cut is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Menu,
    /// Nothing but dashes, bullets and stars: written texts have them too.
    Rule,
    Player,
    Share,
    Caption,
    Related,
    Newsletter,
    Footer,
    Credit,
    Byline,
    Date,
    Repeated,
}

impl Reason {
    /// The word kept with what was removed.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Reason::Menu | Reason::Rule => "menu",
            Reason::Player => "player",
            Reason::Share => "share",
            Reason::Caption => "caption",
            Reason::Related => "related",
            Reason::Newsletter => "newsletter",
            Reason::Footer => "footer",
            Reason::Credit => "credit",
            Reason::Byline => "byline",
            Reason::Date => "date",
            Reason::Repeated => "repeated",
        }
    }
}
