//! Comma-separated text with a header, or what is parted by another sign: a row an item.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::io::{ErrorKind, Read};
use std::rc::Rc;
use std::sync::Arc;

use csv::{ByteRecord, Reader, ReaderBuilder};
use domain::report::cell::unprotected;

use super::places::Places;
use crate::workers::cis::fault::Fault;
use crate::workers::cis::mapping::{Empty, Mapping, Other};
use crate::workers::cis::row::{Body, Columns, Item, Named, Row, Said};
use crate::workers::packed::{LINE_MAX, Unpacked};

/// Columns a table may have.
const COLUMNS_MAX: usize = 500;

/// Why a table cannot be read on.
#[derive(Debug, thiserror::Error)]
pub(in crate::workers::cis) enum TableFault {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("the header is not fit: {0}")]
    Header(String),
    #[error(
        "the row that begins in line {0} has more than {LINE_MAX} bytes, or a quote that is never closed"
    )]
    RowTooLong(u64),
    #[error("a quote of the row that begins in line {0} is never closed")]
    QuoteOpen(u64),
}

/// A table that is being read.
pub(in crate::workers::cis) struct Table {
    reader: Reader<Bounded>,
    budget: Rc<Cell<u64>>,
    places: Rc<RefCell<Places>>,
    plan: Plan,
    record: ByteRecord,
}

/// What stands where.
struct Plan {
    class: ClassOf,
    width: usize,
    /// Columns with the attribute that each stands for.
    attributes: Vec<(usize, String)>,
    /// Attributes that other columns name items for.
    references: Vec<(String, Pointer)>,
    relations: Vec<(String, Pointer)>,
    constants: Vec<(String, String)>,
    values: HashMap<String, HashMap<String, String>>,
    empty: Empty,
    columns: Arc<Columns>,
}

enum ClassOf {
    All(String),
    Column(usize),
}

/// An item whose key stands in columns.
struct Pointer {
    class: String,
    key: Vec<(String, Place)>,
}

enum Place {
    Column(usize),
    Constant(String),
}

impl Table {
    /// Reads the header.
    pub(in crate::workers::cis) fn open(
        inner: Unpacked,
        mapping: &Mapping,
    ) -> Result<Self, TableFault> {
        let delimiter = mapping.delimiter.unwrap_or(',');
        let parts = delimiter.is_ascii() && !matches!(delimiter, '"' | '\r' | '\n');
        let delimiter = u8::try_from(delimiter).ok().filter(|_| parts).ok_or_else(|| {
            TableFault::Header("the delimiter is one ASCII sign, no quote, no line end".to_owned())
        })?;
        let budget = Rc::new(Cell::new(LINE_MAX as u64));
        let places = Rc::new(RefCell::new(Places::new(delimiter)));
        let bounded = Bounded { inner, budget: Rc::clone(&budget), places: Rc::clone(&places) };
        let mut reader =
            ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(bounded);
        let header = reader.byte_headers().map_err(|error| fault(error, 1))?.clone();
        let names: Result<Vec<&str>, _> = header.iter().map(std::str::from_utf8).collect();
        let names = names.map_err(|_| TableFault::Header("it is not UTF-8".to_owned()))?;
        let names: Vec<&str> =
            names.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
        let plan = Plan::new(&names, mapping).map_err(TableFault::Header)?;
        Ok(Self { reader, budget, places, plan, record: ByteRecord::new() })
    }

    /// The next row; none at the end.
    pub(in crate::workers::cis) fn next(&mut self) -> Result<Option<Row>, TableFault> {
        self.budget.set(LINE_MAX as u64);
        let byte = self.reader.position().byte();
        let more = self.reader.read_byte_record(&mut self.record);
        let line = self.places.borrow_mut().line(byte);
        if !more.map_err(|error| fault(error, line))? {
            return Ok(None);
        }
        if self.places.borrow().ends_quoted() {
            return Err(TableFault::QuoteOpen(line));
        }
        let body = self.plan.body(&self.record);
        Ok(Some(Row { line, body, columns: Some(Arc::clone(&self.plan.columns)) }))
    }

    /// How long the row is that was read last.
    pub(in crate::workers::cis) fn bytes(&self) -> usize {
        self.record.as_slice().len()
    }
}

/// Columns by their names.
struct Header<'n> {
    names: &'n [&'n str],
    places: HashMap<&'n str, usize>,
}

impl<'n> Header<'n> {
    fn new(names: &'n [&'n str]) -> Result<Self, String> {
        if names.len() > COLUMNS_MAX {
            return Err(format!("more than {COLUMNS_MAX} columns"));
        }
        let mut places = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            if places.insert(*name, place).is_some() {
                return Err(format!("the column {name:?} stands twice"));
            }
        }
        Ok(Self { names, places })
    }

    /// A column that the mapping names.
    fn place(&self, name: &str) -> Result<usize, String> {
        let place = self.places.get(name).copied();
        place.ok_or_else(|| format!("there is no column {name:?}, which the mapping names"))
    }

    fn pointers(&self, all: &BTreeMap<String, Other>) -> Result<Vec<(String, Pointer)>, String> {
        all.iter().map(|(field, other)| Ok((field.clone(), Pointer::new(other, self)?))).collect()
    }

    fn class(&self, mapping: &Mapping) -> Result<ClassOf, String> {
        match (&mapping.class, self.places.get("class")) {
            (Some(class), _) => Ok(ClassOf::All(class.clone())),
            (None, Some(column)) => Ok(ClassOf::Column(*column)),
            (None, None) => Err("there is no column \"class\"; a mapping can say it".to_owned()),
        }
    }
}

impl Plan {
    fn new(names: &[&str], mapping: &Mapping) -> Result<Self, String> {
        let header = Header::new(names)?;
        for name in mapping.columns.keys().chain(&mapping.ignore) {
            header.place(name)?;
        }
        let values = mapping.values.iter().map(|(attribute, words)| {
            (attribute.clone(), words.clone().into_iter().collect::<HashMap<_, _>>())
        });
        let mut plan = Self {
            class: header.class(mapping)?,
            width: names.len(),
            attributes: Vec::new(),
            references: header.pointers(&mapping.references)?,
            relations: header.pointers(&mapping.relations)?,
            constants: mapping.constants.clone().into_iter().collect(),
            values: values.collect(),
            empty: mapping.empty,
            columns: Arc::default(),
        };
        plan.lay_out(&header, mapping);
        Ok(plan)
    }

    /// Which column stands for what.
    fn lay_out(&mut self, header: &Header<'_>, mapping: &Mapping) {
        let mut columns = Columns::new();
        let mut pointed: Vec<usize> = Vec::new();
        for (field, pointer) in self.references.iter().chain(&self.relations) {
            pointed.extend(pointer.columns());
            if let Some(first) = pointer.columns().next() {
                columns.insert(field.clone(), header.names[first].to_owned());
            }
        }
        for (column, name) in header.names.iter().enumerate() {
            let is_class = matches!(self.class, ClassOf::Column(at) if at == column);
            let mapped = mapping.columns.get(*name);
            // A column that points at another item means nothing else, unless it is mapped.
            let pointing = mapped.is_none() && pointed.contains(&column);
            if is_class || pointing || mapping.ignore.iter().any(|ignored| ignored == name) {
                continue;
            }
            let attribute = mapped.map_or_else(|| (*name).to_owned(), Clone::clone);
            columns.insert(attribute.clone(), (*name).to_owned());
            self.attributes.push((column, attribute));
        }
        self.columns = Arc::new(columns);
    }

    fn body(&self, record: &ByteRecord) -> Result<Body, Fault> {
        if record.len() != self.width {
            return Err(Fault::FieldCount { found: record.len(), wanted: self.width });
        }
        let cell = |at: usize| -> Result<&str, Fault> {
            let bytes = record.get(at).unwrap_or_default();
            let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotUtf8)?;
            // Our own tables are safe for spreadsheets: that is taken off again.
            Ok(unprotected(text.trim()))
        };
        let class = match &self.class {
            ClassOf::All(class) => class.clone(),
            ClassOf::Column(at) => cell(*at)?.to_owned(),
        };
        let mut attributes = Vec::with_capacity(self.attributes.len() + self.constants.len());
        for (at, attribute) in &self.attributes {
            let text = cell(*at)?;
            let text =
                self.values.get(attribute).and_then(|words| words.get(text)).map_or(text, |t| t);
            match (text.is_empty(), self.empty) {
                (false, _) => attributes.push((attribute.clone(), Said::Cell(text.to_owned()))),
                (true, Empty::Clear) => attributes.push((attribute.clone(), Said::Nothing)),
                (true, Empty::Skip) => {}
            }
        }
        for (attribute, value) in &self.constants {
            attributes.push((attribute.clone(), Said::Cell(value.clone())));
        }
        let pointed = |pointers: &[(String, Pointer)]| {
            let mut said = Vec::new();
            for (field, pointer) in pointers {
                match (pointer.named(&cell)?, self.empty) {
                    (Some(named), _) => said.push((field.clone(), Said::Item(Box::new(named)))),
                    (None, Empty::Clear) => said.push((field.clone(), Said::Nothing)),
                    (None, Empty::Skip) => {}
                }
            }
            Ok::<_, Fault>(said)
        };
        attributes.extend(pointed(&self.references)?);
        let relations = pointed(&self.relations)?;
        // Which attributes are its key, its class says.
        let named = Named { class, key: Vec::new() };
        Ok(Body::Item(Box::new(Item { named, attributes, relations, otherwise: None })))
    }
}

impl Pointer {
    fn new(other: &Other, header: &Header<'_>) -> Result<Self, String> {
        let key = other.key.iter().map(|(part, text)| {
            let place = match text.strip_prefix('=') {
                Some(constant) => Place::Constant(constant.to_owned()),
                None => Place::Column(header.place(text)?),
            };
            Ok((part.clone(), place))
        });
        Ok(Self { class: other.class.clone(), key: key.collect::<Result<_, String>>()? })
    }

    fn columns(&self) -> impl Iterator<Item = usize> {
        self.key.iter().filter_map(|(_, place)| match place {
            Place::Column(column) => Some(*column),
            Place::Constant(_) => None,
        })
    }

    /// The item; none when all its columns are empty.
    fn named<'r>(
        &self,
        cell: &impl Fn(usize) -> Result<&'r str, Fault>,
    ) -> Result<Option<Named>, Fault> {
        let mut key = Vec::with_capacity(self.key.len());
        let mut any = false;
        for (part, place) in &self.key {
            let text = match place {
                Place::Constant(text) => text.as_str(),
                Place::Column(at) => {
                    let text = cell(*at)?;
                    any |= !text.is_empty();
                    text
                }
            };
            if !text.is_empty() {
                key.push((part.clone(), Said::Cell(text.to_owned())));
            }
        }
        Ok(any.then(|| Named { class: self.class.clone(), key }))
    }
}

fn fault(error: csv::Error, line: u64) -> TableFault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            TableFault::RowTooLong(line)
        }
        csv::ErrorKind::Io(error) => TableFault::Io(error),
        _ => TableFault::Header("it is no table".to_owned()),
    }
}

/// Ends a row that does not end by itself.
struct Bounded {
    inner: Unpacked,
    /// Bytes that may still be read for this row.
    budget: Rc<Cell<u64>>,
    places: Rc<RefCell<Places>>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.budget.get() == 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer)?;
        self.budget.set(self.budget.get().saturating_sub(read as u64));
        self.places.borrow_mut().pass(&buffer[..read]);
        Ok(read)
    }
}
