//! One reading of a document: each definition once, innermost fragments first.

use std::collections::HashMap;

use async_graphql::{
    Positioned, Variables,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
        OperationType, Selection, SelectionSet,
    },
};

use super::{
    Cost, GuardCode, GuardRefusal, Limits,
    numbers::{Numbers, Weight},
    order::inside_out,
    values::Values,
};

/// Fields of the introspection types whose lists multiply each other when they are nested.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What one root field of a mutation costs.
const MUTATION_POINTS: u64 = 10;

/// The operation that a request would run, if the document and the name leave no doubt.
#[must_use]
pub fn selected<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(&operation.node),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name).map(|found| &found.node),
        (DocumentOperations::Multiple(all), None) => {
            let mut all = all.values();
            all.next().filter(|_| all.next().is_none()).map(|only| &only.node)
        }
    }
}

/// The reading in progress.
pub(super) struct Survey<'a> {
    document: &'a ExecutableDocument,
    selected: Option<&'a OperationDefinition>,
    limits: &'a Limits,
    values: Values<'a>,
    fragments: HashMap<&'a str, Numbers>,
    aliases: u64,
    selections: u64,
    /// Selections read so far: the guard's own work.
    pub(super) steps: u64,
}

impl<'a> Survey<'a> {
    pub(super) fn new(
        document: &'a ExecutableDocument,
        operation_name: Option<&str>,
        variables: &'a Variables,
        limits: &'a Limits,
    ) -> Self {
        let selected = selected(document, operation_name);
        Self {
            document,
            selected,
            limits,
            values: Values::new(variables, selected, limits),
            fragments: HashMap::new(),
            aliases: 0,
            selections: 0,
            steps: 0,
        }
    }

    /// Reads the whole document.
    pub(super) fn run(&mut self) -> Result<Cost, GuardRefusal> {
        self.values.check_variables()?;
        let (count, limit) = (self.document.fragments.len(), self.limits.fragments);
        let what = "the document has fragments:";
        GuardRefusal::above(GuardCode::FragmentLimit, what, count as u64, limit as u64)?;
        for (name, fragment) in inside_out(&self.document.fragments)? {
            self.check_directives(&fragment.directives)?;
            let numbers = self.read_set(&fragment.selection_set.node)?;
            self.fragments.insert(name, numbers);
        }
        let mut cost = Cost::default();
        for (_, operation) in self.document.operations.iter() {
            let own = self.read_operation(&operation.node)?;
            cost.points = cost.points.max(own.points);
            cost.nodes = cost.nodes.max(own.nodes);
            cost.depth = cost.depth.max(own.depth);
        }
        Ok(Cost { steps: self.steps, ..cost })
    }

    fn read_operation(&mut self, operation: &OperationDefinition) -> Result<Cost, GuardRefusal> {
        self.check_directives(&operation.directives)?;
        for variable in &operation.variable_definitions {
            self.check_directives(&variable.node.directives)?;
        }
        let numbers = self.read_set(&operation.selection_set.node)?;
        self.check_structure(&numbers)?;
        if self.selected.is_some_and(|chosen| !std::ptr::eq(chosen, operation)) {
            return Ok(Cost::default());
        }
        self.price(operation.ty, &numbers)
    }

    fn check_structure(&mut self, numbers: &Numbers) -> Result<(), GuardRefusal> {
        self.selections = self.selections.saturating_add(numbers.selections);
        let limits = self.limits;
        let depth = if numbers.introspects { limits.introspection_depth } else { limits.depth };
        let (large, deep) = (GuardCode::DocumentTooLarge, GuardCode::DepthLimit);
        let above = GuardRefusal::above;
        above(large, "the document expands to fields:", self.selections, limits.selections)?;
        above(deep, "the document nests selections:", numbers.nesting, limits.nesting)?;
        above(deep, "the document nests fields:", numbers.depth, depth)?;
        let what = "the operation has root fields:";
        above(GuardCode::RootFieldLimit, what, numbers.fields, limits.root_fields)
    }

    fn price(&self, ty: OperationType, numbers: &Numbers) -> Result<Cost, GuardRefusal> {
        let Weight { mut points, nodes } = numbers.weight();
        if ty == OperationType::Mutation {
            points = points.saturating_add(numbers.fields.saturating_mul(MUTATION_POINTS));
        }
        let above = GuardRefusal::above;
        if ty == OperationType::Subscription {
            let what = "the subscription has root fields:";
            above(GuardCode::RootFieldLimit, what, numbers.fields, 1)?;
        }
        let budget = self.limits.costs.ceiling();
        above(GuardCode::CostLimit, "the operation costs", points, budget)?;
        let what = "the operation answers with objects:";
        above(GuardCode::NodeLimit, what, nodes, self.limits.nodes)?;
        Ok(Cost { points, nodes, depth: numbers.depth, steps: self.steps })
    }

    fn read_set(&mut self, set: &SelectionSet) -> Result<Numbers, GuardRefusal> {
        let mut sum = Numbers::NONE;
        for selection in &set.items {
            self.steps += 1;
            self.check_directives(selection.node.directives())?;
            let numbers = match &selection.node {
                Selection::Field(field) => self.read_field(&field.node)?,
                Selection::InlineFragment(inline) => {
                    self.read_set(&inline.node.selection_set.node)?.spread()
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    self.fragments.get(name).copied().unwrap_or(Numbers::NONE).spread()
                }
            };
            sum = sum.beside(numbers);
        }
        Ok(sum)
    }

    fn read_field(&mut self, field: &Field) -> Result<Numbers, GuardRefusal> {
        if field.alias.is_some() {
            self.aliases += 1;
            let (code, what) = (GuardCode::AliasLimit, "the document has aliases:");
            GuardRefusal::above(code, what, self.aliases, self.limits.aliases)?;
        }
        for (_, value) in &field.arguments {
            self.values.check_argument(&value.node)?;
        }
        let inner = self.read_set(&field.selection_set.node)?;
        let name = field.name.node.as_str();
        if matches!(name, "__schema" | "__type") {
            let (code, what) = (GuardCode::DepthLimit, "the introspection nests lists:");
            GuardRefusal::above(code, what, inner.lists, self.limits.introspection_lists)?;
        }
        Ok(self.wrap(field, &inner))
    }

    /// The numbers of a field around its selection set.
    fn wrap(&self, field: &Field, inner: &Numbers) -> Numbers {
        let name = field.name.node.as_str();
        let is_leaf = field.selection_set.node.items.is_empty();
        let weight = if is_leaf { Weight::default() } else { self.weigh(field, inner) };
        let is_item = matches!(name, "edges" | "nodes");
        Numbers {
            depth: inner.depth.saturating_add(1),
            nesting: if is_leaf { 0 } else { inner.nesting.saturating_add(1) },
            selections: inner.selections.saturating_add(1),
            fields: 1,
            introspects: name.starts_with("__"),
            lists: inner.lists.saturating_add(u64::from(INTROSPECTION_LISTS.contains(&name))),
            items: if is_item { weight } else { Weight::default() },
            rest: if is_item { Weight::default() } else { weight },
        }
    }

    fn weigh(&self, field: &Field, inner: &Numbers) -> Weight {
        let sizes = self.values.sizes(field);
        if sizes.connection {
            let page = inner.items.times(sizes.count);
            return Weight { points: 2, nodes: 0 }.plus(page).plus(inner.rest);
        }
        // The wrappers of a connection hold no data of their own.
        let free = matches!(field.name.node.as_str(), "edges" | "pageInfo");
        let own = Weight { points: u64::from(!free), nodes: u64::from(!free) };
        own.plus(inner.weight()).times(sizes.count)
    }

    fn check_directives(&self, directives: &[Positioned<Directive>]) -> Result<(), GuardRefusal> {
        let (count, limit) = (directives.len() as u64, self.limits.directives as u64);
        let what = "one place has directives:";
        GuardRefusal::above(GuardCode::DirectiveLimit, what, count, limit)?;
        let mut arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
        arguments.try_for_each(|(_, value)| self.values.check_argument(&value.node))
    }
}
