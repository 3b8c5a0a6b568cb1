//! Hard cases of attribution, a row each.
