//! Reads `where` and `orderBy` by the classes of the moment, into what the read side understands.

use async_graphql::ID;
use domain::cmdb::{Attribute, Catalogue, Datum, Kind};
use domain::kernel::{CiClassId, CiId};
use projections::cis::{
    CiField as Field, CiFilter, CiOrder as ReadOrder, Compare, Direction, Operand, Sort,
};
use projections::tickets;

use super::filter::{CiAttributeWhere, CiOrder, CiOrderField, CiTextWhere, CiWhere, ClassWhere};
use crate::graphql::compare::{Comparisons, DateTimeWhere, IdWhere, equal};
use crate::graphql::id::{BadId, decode};
use crate::graphql::ticket::OrderDirection;

/// Most comparators in one filter.
const LEAVES: usize = 50;
/// Most levels of `and`, `or` and `not` in one filter.
const LEVELS: usize = 4;

/// Why a filter or an order cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadWhere {
    #[error("{0}: {1}")]
    Id(&'static str, BadId),
    #[error("a filter has at most {LEVELS} levels of and, or and not")]
    Levels,
    #[error("a filter has at most {LEAVES} comparators")]
    Leaves,
    #[error("there is no class {0:?}")]
    Class(String),
    #[error("there is no attribute {0:?} here")]
    Attribute(String),
    #[error("the attribute {0:?} cannot be compared so: the value {1}")]
    Value(String, String),
    #[error("a key of an order is a field or an attribute")]
    Key,
}

/// What filters are read by: the classes of the moment, and how much was asked so far.
pub(super) struct Reading<'c> {
    catalogue: &'c Catalogue,
    /// The classes asked for, at the outermost level: they say which attribute a name is.
    family: Option<Vec<CiClassId>>,
    leaves: usize,
}

impl<'c> Reading<'c> {
    pub(super) fn of(catalogue: &'c Catalogue) -> Self {
        Self { catalogue, family: None, leaves: 0 }
    }

    /// The condition; none when nothing is asked.
    pub(super) fn filter(&mut self, asked: CiWhere) -> Result<Option<CiFilter>, BadWhere> {
        if let Some(class) = &asked.class {
            self.family = self.classes(class)?;
        }
        self.condition(asked, 0)
    }

    fn condition(
        &mut self,
        mut asked: CiWhere,
        level: usize,
    ) -> Result<Option<CiFilter>, BadWhere> {
        if level > LEVELS {
            return Err(BadWhere::Levels);
        }
        let mut each = |list: Option<Vec<CiWhere>>| -> Result<Vec<CiFilter>, BadWhere> {
            let conditions = list.unwrap_or_default().into_iter();
            conditions.filter_map(|one| self.condition(one, level + 1).transpose()).collect()
        };
        let all = each(asked.and.take())?;
        let any = each(asked.or.take())?;
        let not = each(asked.not.take().map(|one| vec![*one]))?;
        let mut conditions = self.comparisons(asked)?;
        self.leaves += conditions.len();
        if self.leaves > LEAVES {
            return Err(BadWhere::Leaves);
        }
        conditions.extend(all);
        conditions.extend((!any.is_empty()).then_some(CiFilter::Or(any)));
        conditions.extend(not.into_iter().map(|one| CiFilter::Not(Box::new(one))));
        Ok((!conditions.is_empty()).then_some(CiFilter::And(conditions)))
    }

    fn comparisons(&self, asked: CiWhere) -> Result<Vec<CiFilter>, BadWhere> {
        let mut found = Vec::new();
        if let Some(class) = &asked.class {
            found.extend(self.classes(class)?.map(CiFilter::Class));
        }
        let text = |text: &str| Ok(Operand::Value(Datum::Text(text.to_owned())));
        for (field, asked) in [(Field::Name, asked.name), (Field::Status, asked.status)] {
            found.extend(
                asked.map(|it| it.comparisons(&field, text)).transpose()?.unwrap_or_default(),
            );
        }
        for (field, name, asked) in [
            (Field::OrganizationId, "organizationId", asked.organization_id),
            (Field::Id, "id", asked.id),
        ] {
            let asked = asked.map(IdWhere::comparisons::<CiId>).transpose();
            found.extend(translated(&field, asked.map_err(|fault| BadWhere::Id(name, fault))?));
        }
        found.extend(equal(asked.life).map(|life| {
            let life = domain::ci::words::CiLife::from(life).to_string();
            is(&Field::Life, vec![Operand::Value(Datum::Text(life))])
        }));
        let registered = asked.registered_at.map(DateTimeWhere::comparisons);
        found.extend(translated(&Field::RegisteredAt, registered));
        let changed = asked.changed_at.map(DateTimeWhere::comparisons);
        found.extend(translated(&Field::ChangedAt, changed));
        for asked in asked.attributes.unwrap_or_default() {
            found.extend(self.of_attribute(asked)?);
        }
        Ok(found)
    }

    /// The classes meant, with those that inherit; none: nothing is asked.
    pub(super) fn classes(&self, asked: &ClassWhere) -> Result<Option<Vec<CiClassId>>, BadWhere> {
        let id = |name: &String| {
            let class = self.catalogue.by_name(name);
            class.map(|class| class.id).ok_or_else(|| BadWhere::Class(name.clone()))
        };
        let mut among: Option<Vec<CiClassId>> = None;
        let mut cut = |classes: Vec<CiClassId>| match &mut among {
            Some(among) => among.retain(|class| classes.contains(class)),
            None => among = Some(classes),
        };
        for names in asked.eq.iter().map(std::slice::from_ref).chain(asked.r#in.as_deref()) {
            let mut classes = Vec::new();
            for name in names {
                classes.extend(self.catalogue.family(id(name)?));
            }
            classes.sort_unstable();
            classes.dedup();
            cut(classes);
        }
        if let Some(name) = &asked.exactly {
            cut(vec![id(name)?]);
        }
        Ok(among)
    }

    /// What is asked of an attribute. Classes that are strangers to each other may mean different
    /// things by one name: the value says which of them is meant.
    fn of_attribute(&self, asked: CiAttributeWhere) -> Result<Vec<CiFilter>, BadWhere> {
        let mut fault = BadWhere::Attribute(asked.name.clone());
        for (nr, attribute) in self.attributes(&asked.name).into_iter().enumerate() {
            let field = Field::Attribute(attribute.name.clone(), Sort::of(attribute));
            let compared = asked.compared.clone();
            match compared.comparisons(&field, |text| value(attribute, text)) {
                Ok(found) => return Ok(found),
                Err(first) if nr == 0 => fault = first,
                Err(_) => {}
            }
        }
        Err(fault)
    }

    /// The attributes of this name, of the classes asked for, else of any; those that most classes
    /// have come first.
    fn attributes(&self, name: &str) -> Vec<&'c Attribute> {
        let of = |class: &CiClassId| self.family.as_ref().is_none_or(|it| it.contains(class));
        let classes = self.catalogue.classes().filter(|class| of(&class.id));
        let mut kinds: Vec<(usize, &Attribute)> = Vec::new();
        for attribute in classes.filter_map(|class| class.attribute(name)) {
            let alike = |it: &Attribute| (it.kind, it.list) == (attribute.kind, attribute.list);
            match kinds.iter_mut().find(|(_, it)| alike(it)) {
                Some((count, _)) => *count += 1,
                None => kinds.push((1, attribute)),
            }
        }
        kinds.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        kinds.into_iter().map(|(_, attribute)| attribute).collect()
    }

    /// The order, as the read side has it.
    pub(super) fn order(
        &self,
        asked: Vec<CiOrder>,
    ) -> Result<Vec<(ReadOrder, Direction)>, BadWhere> {
        asked.into_iter().map(|key| self.key(key)).collect()
    }

    fn key(&self, key: CiOrder) -> Result<(ReadOrder, Direction), BadWhere> {
        let by = match (key.field, key.attribute) {
            (Some(field), None) => match field {
                CiOrderField::Name => ReadOrder::Name,
                CiOrderField::Class => ReadOrder::Class(self.by_name()),
                CiOrderField::Status => ReadOrder::Status,
                CiOrderField::Organization => ReadOrder::Organization,
                CiOrderField::RegisteredAt => ReadOrder::RegisteredAt,
                CiOrderField::ChangedAt => ReadOrder::ChangedAt,
            },
            (None, Some(name)) => {
                let attributes = self.attributes(&name);
                let [attribute, ..] = attributes[..] else {
                    return Err(BadWhere::Attribute(name));
                };
                ReadOrder::Attribute(name, Sort::of(attribute))
            }
            _ => return Err(BadWhere::Key),
        };
        let direction = match key.direction {
            OrderDirection::Asc => Direction::Asc,
            OrderDirection::Desc => Direction::Desc,
        };
        Ok((by, direction))
    }

    /// All classes, by name.
    fn by_name(&self) -> Vec<CiClassId> {
        let mut classes: Vec<_> =
            self.catalogue.classes().map(|class| (&class.name, class.id)).collect();
        classes.sort_unstable();
        classes.into_iter().map(|(_, id)| id).collect()
    }
}

impl CiTextWhere {
    /// `operand` reads a text as a value of the field.
    fn comparisons(
        self,
        field: &Field,
        operand: impl Fn(&str) -> Result<Operand, BadWhere>,
    ) -> Result<Vec<CiFilter>, BadWhere> {
        let one = |text: Option<String>| text.as_deref().map(&operand).transpose();
        let many = |texts: Option<Vec<String>>| -> Result<Option<Vec<Operand>>, BadWhere> {
            let all = |texts: Vec<String>| texts.iter().map(|text| operand(text)).collect();
            texts.map(all).transpose()
        };
        let differs = |operands| not(is(field, operands));
        let compare = |compare| CiFilter::Is(field.clone(), compare);
        let mut found = Vec::new();
        found.extend(one(self.eq)?.map(|value| is(field, vec![value])));
        found.extend(one(self.ne)?.map(|value| differs(vec![value])));
        found.extend(many(self.r#in)?.map(|values| is(field, values)));
        found.extend(many(self.nin)?.map(differs));
        found.extend(one(self.gt)?.map(|value| compare(Compare::Gt(value))));
        found.extend(one(self.gte)?.map(|value| compare(Compare::Gte(value))));
        found.extend(one(self.lt)?.map(|value| compare(Compare::Lt(value))));
        found.extend(one(self.lte)?.map(|value| compare(Compare::Lte(value))));
        found.extend(self.prefix.map(|text| compare(Compare::Prefix(text))));
        found.extend(self.is_null.map(|wanted| compare(Compare::IsNull(wanted))));
        Ok(found)
    }
}

/// What the comparators of an id or an instant ask for.
fn translated(field: &Field, asked: Option<Comparisons>) -> Vec<CiFilter> {
    let asked = asked.map(Comparisons::into_vec).unwrap_or_default();
    asked.into_iter().map(|compare| translated_one(field, compare)).collect()
}

fn translated_one(field: &Field, compare: tickets::Compare) -> CiFilter {
    use tickets::Compare as Asked;
    let compare = match compare {
        Asked::Eq(it) => Compare::In(vec![operand(it)]),
        Asked::In(all) => Compare::In(all.into_iter().map(operand).collect()),
        Asked::Ne(it) => return not(is(field, vec![operand(it)])),
        Asked::NotIn(all) => return not(is(field, all.into_iter().map(operand).collect())),
        Asked::Gt(it) => Compare::Gt(operand(it)),
        Asked::Gte(it) => Compare::Gte(operand(it)),
        Asked::Lt(it) => Compare::Lt(operand(it)),
        Asked::Lte(it) => Compare::Lte(operand(it)),
        Asked::IsNull(wanted) => Compare::IsNull(wanted),
    };
    CiFilter::Is(field.clone(), compare)
}

fn operand(asked: tickets::Operand) -> Operand {
    use tickets::Operand as Asked;
    match asked {
        Asked::Text(text) => Operand::Value(Datum::Text(text)),
        Asked::Number(number) => Operand::Value(Datum::Integer(number)),
        Asked::Id(id) => Operand::Id(id),
        Asked::Time(at) => Operand::Time(at),
        Asked::FromNow { now, .. } => Operand::Time(now),
    }
}

/// A text as a value of the attribute.
fn value(attribute: &Attribute, text: &str) -> Result<Operand, BadWhere> {
    if attribute.kind == Kind::Reference {
        let id: CiId = decode(&ID::from(text))
            .map_err(|fault| BadWhere::Value(attribute.name.clone(), fault.to_string()))?;
        return Ok(Operand::Value(Datum::Text(id.to_string())));
    }
    // Of a list, one value is compared.
    let one = Attribute { list: false, ..attribute.clone() };
    let fault = |fault: domain::cmdb::ValueFault| {
        BadWhere::Value(attribute.name.clone(), fault.to_string())
    };
    one.fit_text(text).map(Operand::Value).map_err(fault)
}

fn is(field: &Field, operands: Vec<Operand>) -> CiFilter {
    CiFilter::Is(field.clone(), Compare::In(operands))
}

fn not(filter: CiFilter) -> CiFilter {
    CiFilter::Not(Box::new(filter))
}
