//! Numbers that articles have and quotations have not, looked up for many articles at once. Each column has a row for every
//! document with a value; finding the row costs more than reading it, and is done once for all columns.

use std::sync::Arc;

use tantivy::columnar::{Column, ColumnIndex, ColumnValues};
use tantivy::{DocId, SegmentReader};

/// The articles of one segment as rows of columns.
pub(super) struct Rows {
    index: ColumnIndex,
    found: Vec<DocId>,
}

/// A column of articles.
pub(super) struct Numbers<T> {
    values: Arc<dyn ColumnValues<T>>,
    /// Which documents have a value, unless all articles have.
    own: Option<ColumnIndex>,
}

impl Rows {
    /// The rows of a segment, and the column of ids, which all articles have.
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<(Rows, Numbers<u64>)> {
        let Column { index, values } = reader.fast_fields().u64("id")?;
        Ok((Rows { index, found: Vec::new() }, Numbers { values, own: None }))
    }

    /// Puts the row of each of some articles, which come in their order, into `rows`.
    pub(super) fn find(&mut self, articles: &[DocId], rows: &mut Vec<u32>) {
        rows.clear();
        self.found.clear();
        self.index.docids_to_rowids(articles, &mut self.found, rows);
        assert_eq!(rows.len(), articles.len(), "every article has an id");
    }

    /// A column of which no other documents than articles have values, and none of them several.
    pub(super) fn column<T>(&self, column: Column<T>) -> Numbers<T> {
        let same = match (&self.index, &column.index) {
            (ColumnIndex::Full, ColumnIndex::Full) => true,
            (ColumnIndex::Optional(all), ColumnIndex::Optional(own)) => all.num_non_nulls() == own.num_non_nulls(),
            _ => false,
        };
        Numbers { values: column.values, own: (!same).then_some(column.index) }
    }
}

impl<T: PartialOrd + 'static> Numbers<T> {
    /// The value of `article`, which stands in `row`; `None` if it has none.
    pub(super) fn get(&self, article: DocId, row: u32) -> Option<T> {
        match &self.own {
            None => Some(self.values.get_val(row)),
            Some(own) => own.value_row_ids(article).next().map(|row| self.values.get_val(row)),
        }
    }

    /// Puts the value of each of some articles, which stand in `rows`, into `values`.
    pub(super) fn find(&self, articles: &[DocId], rows: &[u32], values: &mut Vec<Option<T>>) {
        values.clear();
        if self.own.is_some() {
            values.extend(articles.iter().zip(rows).map(|(article, row)| self.get(*article, *row)));
        } else {
            values.resize_with(rows.len(), || None);
            self.values.get_vals_opt(rows, values);
        }
    }
}
