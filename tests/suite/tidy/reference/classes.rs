//! `docs/reference/cmdb-classes.md`: the standard classes, as an installation has them that began
//! with nothing.

use std::fmt::Write as _;

use domain::cmdb::standard::{missing, standard_classes};
use domain::cmdb::{Attribute, Catalogue, Class, Datum, Flow, Kind, Measure, Relation};
use domain::kernel::CiClassId;
use serde_json::{Map, Value, json};

use crate::tidy::golden;

const HEAD: &str = "# Classes of the CMDB

The classes an installation begins with, printed from `domain/src/cmdb/standard/standard.toml` by a test
(`UPDATE_GOLDEN=1 cargo test -p testbed tidy`). Names are for ever. [Add classes and attributes of your
own](../how-to/extend-the-cmdb.md) while the server runs; what an installation has is answered by `ciClasses`.

An import names classes, attributes and relations as they stand here. A line of it is an item with its key, or a
relation between two keys. A key has the parts named below; a class that has no `organization` is called by what else
its key names. A reference is said by the name of the other item when its key is a name, or a name and the same
organisation; else by its class and key, as a key within a key is:

```json
{\"class\":\"Server\",\"key\":{\"name\":\"srv1\",\"organization\":\"Demo\"},\"attributes\":{\"status\":\"production\"}}
{\"relation\":\"runs_on\",\"from\":{\"class\":\"DBServer\",\"key\":{\"name\":\"db1\",\"organization\":\"Demo\",\"runs_on\":{\"class\":\"Server\",\"key\":{\"name\":\"srv1\",\"organization\":\"Demo\"}}}},\"to\":{\"class\":\"Server\",\"key\":{\"name\":\"srv1\",\"organization\":\"Demo\"}}}
```

Values: a *text* has up to 2,000 characters, a name or status 255; a *day* is `2026-11-22`; a *whole number* goes up to
9007199254740991 and down to the same below nothing; a *number* may have decimals, 28 digits in all, and is kept as text; an
*IP* is an address of either version; *yes or no* is `true` or `false`. **Required**: no item is registered without.
**Recommended**: an item without counts as incomplete. **Sealed**: it tells of a person and can be erased.

Impact flows *to → from* when what a relation leads to takes with it what it goes out from, *from → to* the other way
round. What is out of service neither passes impact on nor counts.

";

#[test]
fn the_page_of_classes_is_what_an_installation_begins_with() {
    let catalogue =
        Catalogue::of(missing(&Catalogue::default()).into_iter().map(|(id, class)| (id, 1, class)));
    let page = Page { catalogue };
    let mut text = String::from(HEAD);
    text.push_str("## The tree\n\n");
    page.tree(&mut text);
    text.push_str("\n## All relations\n\n");
    page.relations(&mut text);
    for class in standard_classes() {
        page.class(&mut text, &class.name);
    }
    golden::compare("docs/reference/cmdb-classes.md", &text);
}

struct Page {
    catalogue: Catalogue,
}

impl Page {
    fn named(&self, name: &str) -> &Class {
        self.catalogue.by_name(name).unwrap()
    }

    fn called(&self, id: CiClassId) -> &str {
        &self.catalogue.by_id(id).unwrap().name
    }

    fn tree(&self, text: &mut String) {
        for class in standard_classes() {
            let class = self.named(&class.name);
            if class.parent.is_none() {
                self.branch(text, class, 0);
            }
        }
    }

    fn branch(&self, text: &mut String, class: &Class, depth: usize) {
        let italic = if class.is_abstract { "*" } else { "" };
        let anchor = class.name.to_lowercase();
        let indent = "  ".repeat(depth);
        writeln!(text, "{indent}- {italic}[{}](#{anchor}){italic}", class.name).unwrap();
        for child in standard_classes() {
            let child = self.named(&child.name);
            if child.parent == Some(class.id) {
                self.branch(text, child, depth + 1);
            }
        }
    }

    fn relations(&self, text: &mut String) {
        text.push_str(
            "| Relation | from → to | Impact flows | At most one *to* |\n|---|---|---|---|\n",
        );
        for (name, relation) in self.catalogue.relations() {
            let (owner, _) = self.catalogue.relation(name).unwrap();
            let pair = format!("{} → {}", self.called(owner), self.called(relation.to));
            let single = if relation.single { "yes" } else { "" };
            writeln!(text, "| `{name}` | {pair} | {} | {single} |", flow(relation)).unwrap();
        }
    }

    fn class(&self, text: &mut String, name: &str) {
        let class = self.named(name);
        let own = standard_classes().iter().find(|class| class.name == name).unwrap();
        write!(text, "\n## {name}\n\n{}", class.label).unwrap();
        text.push_str(if class.is_abstract { "; has no items of its own. " } else { ". " });
        let line = class.lineage.iter().skip(1).map(|id| self.called(*id));
        let line: Vec<String> =
            line.map(|name| format!("[{name}](#{})", name.to_lowercase())).collect();
        if !line.is_empty() {
            write!(text, "Inherits from {}. ", line.join(", ")).unwrap();
        }
        if !class.key().is_empty() {
            write!(text, "Key: {}. ", words(class.key())).unwrap();
        }
        if !own.out_of_service.is_empty() {
            write!(text, "Out of service: {}. ", words(&own.out_of_service)).unwrap();
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        let is_own = |name: &str| own.attributes.iter().any(|attribute| attribute.name == name);
        let attributes: Vec<&Attribute> =
            class.attributes.iter().filter(|it| is_own(&it.name)).collect();
        self.attributes(text, &attributes);
        self.own_relations(text, own.relations.iter().map(|it| class.relation(&it.name).unwrap()));
        for rule in &own.redundancy {
            let measure = match rule.measure {
                Measure::Count => "",
                Measure::Percent => " %",
            };
            let on = match (rule.enabled, rule.fixed) {
                (true, true) => "on for all items",
                (true, false) => "on unless the item says otherwise",
                (false, _) => "off unless the item says otherwise: one that fails is enough",
            };
            let (relations, least) = (words(&rule.relations), rule.min_up);
            writeln!(
                text,
                "\nRedundancy over {relations}: falls when fewer than {least}{measure} are up; {on}."
            )
            .unwrap();
        }
        if !class.is_abstract {
            let line = self.line(class, &attributes);
            writeln!(text, "\n```json\n{line}\n```").unwrap();
        }
    }

    fn attributes(&self, text: &mut String, attributes: &[&Attribute]) {
        if attributes.is_empty() {
            return;
        }
        text.push_str("\n| Attribute | Value | |\n|---|---|---|\n");
        for attribute in attributes {
            let value = self.value(attribute);
            writeln!(text, "| `{}` | {value} | {} |", attribute.name, attribute.label).unwrap();
        }
    }

    fn value(&self, attribute: &Attribute) -> String {
        let mut value = match attribute.kind {
            Kind::Text => "text".to_owned(),
            Kind::Integer => "whole number".to_owned(),
            Kind::Decimal => "number".to_owned(),
            Kind::Boolean => "yes or no".to_owned(),
            Kind::Date => "day".to_owned(),
            Kind::Enum => words(&attribute.choices),
            Kind::Ip => "IP".to_owned(),
            Kind::Mac => "MAC".to_owned(),
            Kind::Reference => format!("reference to {}", self.called(attribute.of.unwrap())),
            Kind::Redundancy => {
                "`{\"enabled\":true,\"min_up\":\"1\",\"type\":\"count\"}`".to_owned()
            }
        };
        if let Some(default) = attribute.default.as_ref().map(Datum::plain) {
            write!(value, "; else `{default}`").unwrap();
        }
        for (holds, word) in [
            (attribute.required, "**required**"),
            (attribute.recommended, "recommended"),
            (attribute.personal, "sealed"),
        ] {
            if holds {
                write!(value, ", {word}").unwrap();
            }
        }
        value
    }

    fn own_relations<'r>(&self, text: &mut String, own: impl Iterator<Item = &'r Relation>) {
        let mut head =
            "\n| Relation | to | Impact flows | At most one | |\n|---|---|---|---|---|\n";
        for relation in own {
            let single = if relation.single { "yes" } else { "" };
            let (name, to) = (&relation.name, self.called(relation.to));
            text.push_str(std::mem::take(&mut head));
            writeln!(
                text,
                "| `{name}` | {to} | {} | {single} | {} |",
                flow(relation),
                relation.label
            )
            .unwrap();
        }
    }

    /// An item as an import says it. What it refers to is called by an example above it, so that the
    /// page is a file that can be imported.
    fn line(&self, class: &Class, own: &[&Attribute]) -> String {
        let above = |it: &Attribute| it.of.is_none_or(|of| self.place(of) < self.place(class.id));
        let said = own.iter().filter(|it| !class.key().contains(&it.name) && above(it));
        let said: Map<String, Value> =
            said.map(|it| (it.name.clone(), self.example(class, it))).collect();
        let attributes = match said.is_empty() {
            true => String::new(),
            false => format!(",\"attributes\":{}", Value::from(said)),
        };
        let key = self.key(class);
        format!("{{\"class\":\"{}\",\"key\":{key}{attributes}}}", class.name)
    }

    fn place(&self, id: CiClassId) -> usize {
        standard_classes().iter().position(|class| class.name == self.called(id)).unwrap()
    }

    /// What an item is called by.
    fn key(&self, class: &Class) -> Value {
        let part = |name: &String| {
            let value = match (class.attribute(name), class.relation(name)) {
                (Some(attribute), _) if name == "name" && !attribute.personal => {
                    json!(called(class))
                }
                (Some(attribute), _) => self.example(class, attribute),
                (None, relation) => {
                    let to = self.called(relation.unwrap().to);
                    // Servers stand for whatever functions.
                    self.item(self.named(if to == "FunctionalCI" { "Server" } else { to }))
                }
            };
            (name.clone(), value)
        };
        class.key().iter().map(part).collect::<Map<String, Value>>().into()
    }

    fn item(&self, class: &Class) -> Value {
        json!({"class": class.name, "key": self.key(class)})
    }

    fn example(&self, class: &Class, attribute: &Attribute) -> Value {
        match attribute.kind {
            Kind::Text => json!(text_of(attribute)),
            Kind::Integer => json!(2),
            Kind::Decimal => json!("1000"),
            Kind::Boolean => json!(true),
            Kind::Date => json!("2026-11-22"),
            Kind::Enum => json!(attribute.choices[0]),
            Kind::Ip if attribute.name == "mask" => json!("255.255.255.0"),
            Kind::Ip => json!("192.0.2.1"),
            Kind::Mac => json!("00:00:5e:00:53:01"),
            Kind::Redundancy => json!({"enabled": true, "min_up": "1", "type": "count"}),
            Kind::Reference => {
                let other = self.catalogue.by_id(attribute.of.unwrap()).unwrap();
                let whose = class.attribute("organization").is_some();
                match other.key() {
                    [name] if name == "name" => json!(called(other)),
                    [name, of] if name == "name" && of == "organization" && whose => {
                        json!(called(other))
                    }
                    _ => self.item(other),
                }
            }
        }
    }
}

/// The name of the example of a class.
fn called(class: &Class) -> String {
    match class.name.as_str() {
        "Organization" => "Demo".to_owned(),
        _ => format!("{} 1", class.label),
    }
}

/// A text somebody could have written there.
fn text_of(attribute: &Attribute) -> &str {
    match attribute.name.as_str() {
        "name" => "Lovelace",
        "first_name" => "Ada",
        "email" => "ada@example.com",
        "phone" | "mobile_phone" | "phonenumber" => "+49 30 12345",
        "url" => "https://example.com",
        "os_family" => "Linux",
        "os_version" => "Debian 12",
        "cpu" => "2 × 8",
        "ram" => "64 GB",
        "size" => "2 TB",
        _ => &attribute.label,
    }
}

fn flow(relation: &Relation) -> String {
    let flow = match relation.flow {
        Flow::Forward => "from → to",
        Flow::Backward => "to → from",
        Flow::None => "–",
    };
    let only = if relation.downwards { ", downwards only" } else { "" };
    format!("{flow}{only}")
}

fn words(all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|word| format!("`{word}`")).collect();
    all.join(", ")
}
