//! What lies where, what is meant by a pattern, and how one stands.

use strum::IntoEnumIterator;

use crate::access::model::{
    ActionClass, ActionInfo, ActionName, ActionPattern, ClassSet, Registry, RelationName,
    RelationRule, RelationSet, Scope, ScopePath, ScopeTree,
};
use crate::access::{Permission, Relation};

fn place(path: &str) -> ScopePath {
    path.parse().unwrap()
}

#[test]
fn a_place_contains_itself_and_all_below() {
    let cases = [
        ("all", "all", true),
        ("all", "a/b", true),
        ("a", "a", true),
        ("a", "a/b/c", true),
        ("a", "ab", false),
        ("a/b", "a", false),
        ("a", "all", false),
    ];
    for (above, below, contains) in cases {
        assert_eq!(place(above).contains(&place(below)), contains, "{above} {below}");
        let scope = |path: &str| path.parse::<Scope>().unwrap();
        assert_eq!(scope(above).includes(&scope(below)), contains, "{above} {below}");
        assert_eq!(scope(above).contains(&place(below), None), contains, "{above} {below}");
    }
}

#[test]
fn an_item_is_within_itself_and_everywhere() {
    let item: Scope = "ci:00000000-0000-0000-0000-000000000007".parse().unwrap();
    let other: Scope = "ci:00000000-0000-0000-0000-000000000008".parse().unwrap();
    let Scope::Item(id) = item.clone() else { panic!("{item}") };
    assert!(item.contains(&place("a"), Some(id)));
    assert!(!other.contains(&place("a"), Some(id)));
    assert!(!item.contains(&place("a"), None));
    assert!(item.includes(&item) && !item.includes(&other) && !item.includes(&Scope::Everywhere));
    assert!(Scope::Everywhere.includes(&item) && Scope::Node(ScopePath::ROOT).includes(&item));
    assert!(!Scope::Node(place("a")).includes(&item));
}

#[test]
fn up_and_down_the_tree() {
    let unit = place("a").child("b").unwrap();
    assert_eq!(unit, place("a/b"));
    assert_eq!(ScopePath::ROOT.child("a").unwrap(), place("a"));
    assert!(place("a").child("b/c d").is_err());
    assert_eq!(unit.parent(), Some(place("a")));
    assert_eq!(place("a").parent(), Some(ScopePath::ROOT));
    assert_eq!(ScopePath::ROOT.parent(), None);
    assert_eq!([ScopePath::ROOT.depth(), place("a").depth(), unit.depth()], [0, 1, 2]);
    assert_eq!(unit.segments().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(ScopePath::ROOT.segments().count(), 0);
}

#[test]
fn grants_from_above_stop_at_a_barrier() {
    let data: ClassSet = [ActionClass::Data].into_iter().collect();
    let tree = ScopeTree::from_iter([
        (place("a"), ClassSet::NONE),
        (place("a/b"), data),
        (place("a/b/c"), ClassSet::ALL),
        (ScopePath::ROOT, ClassSet::ALL),
    ]);
    let covers = |scope: &str, object: &str, class, pierces| {
        tree.covers(&scope.parse().unwrap(), (&place(object), None), class, pierces)
    };
    use ActionClass::{Data, Operation};
    assert!(covers("all", "a", Data, false), "nothing is above the root");
    assert!(!covers("a", "a/b", Data, false));
    assert!(!covers("a", "a/b/d", Data, false));
    assert!(covers("a", "a/b", Operation, false), "it stops another class");
    assert!(!covers("a", "a/b/c", Operation, false));
    assert!(covers("a", "a/b/c", Operation, true));
    assert!(covers("a/b", "a/b/d", Data, false), "the grant is behind it");
    assert!(!covers("a/b", "a/b/c", Data, false), "but before the next");
    assert!(covers("a", "a/bb", Data, false));
    assert!(!covers("d", "a", Data, true));
    assert!(tree.knows(&place("a/b")) && tree.knows(&ScopePath::ROOT) && !tree.knows(&place("b")));
}

#[test]
fn barriers_of_a_place_named_twice_add_up() {
    let set = |class: ActionClass| ClassSet::from_iter([class]);
    let tree = ScopeTree::from_iter([
        (place("a"), set(ActionClass::Data)),
        (place("a"), set(ActionClass::Approval)),
    ]);
    let against = |class| tree.barriers(class).count();
    let counts: Vec<usize> = ActionClass::iter().map(against).collect();
    assert_eq!(counts, [0, 1, 0, 1]);
}

#[test]
fn a_pattern_means_its_own_system_alone() {
    let cases = [
        ("*", "ticket.read", true),
        ("*", "erp:invoice.read", false),
        ("erp:*", "erp:invoice.read", true),
        ("erp:*", "ticket.read", false),
        ("erp:*", "hr:person.read", false),
        ("ticket.*", "ticket.read", true),
        ("ticket.*", "person.read", false),
        ("*.read", "person.read", true),
        ("*.read", "person.read_contacts", false),
        ("erp:invoice.*", "erp:invoice.pay", true),
        ("invoice.*", "erp:invoice.pay", false),
        ("ticket.read", "ticket.read", true),
        ("ticket.read", "ticket.tag", false),
    ];
    for (pattern, action, matches) in cases {
        let (pattern, action) =
            (pattern.parse::<ActionPattern>().unwrap(), action.parse::<ActionName>().unwrap());
        assert_eq!(pattern.matches(&action), matches, "{pattern} {action}");
        assert_eq!(pattern.includes(&ActionPattern::from(&action)), matches, "{pattern} {action}");
        assert!(pattern.includes(&pattern));
    }
    let pattern = |text: &str| text.parse::<ActionPattern>().unwrap();
    assert!(
        pattern("*").includes(&pattern("*.read")) && !pattern("*.read").includes(&pattern("*"))
    );
    assert!(pattern("*").is_wild() && pattern("ticket.*").is_wild() && pattern("*.read").is_wild());
    assert!(!pattern("ticket.read").is_wild());
}

#[test]
fn every_permission_is_registered_with_the_function_of_its_type() {
    let registry = Registry::ours();
    for permission in Permission::iter() {
        let name = ActionName::from(permission);
        assert_eq!(name.as_str().parse::<ActionName>().unwrap(), name);
        let id = registry.find(&name).unwrap();
        assert_eq!(registry.info(id).name, name);
        let function = registry.info(registry.function(id));
        assert_eq!(function.name, name.function());
        assert_eq!(function.class, ActionClass::Function);
    }
    let of = |name: &str| registry.info(registry.find(&name.parse().unwrap()).unwrap());
    assert_eq!(of("ticket.read").class, ActionClass::Data);
    assert!(of("person.read_contacts").is_read && !of("ticket.assign").is_read);
    assert!(of("access.explain").is_read && of("sla_report.what_if").is_read);
    assert_eq!(of("ticket.assign").class, ActionClass::Operation);
    assert!(of("person.change_role").high_risk && !of("ticket.assign").high_risk);
    assert!(of("service_account.manage").high_risk && !of("service_account.read").high_risk);
    assert_eq!(of("access.decide").class, ActionClass::Approval);
    assert!(of("access.explain").is_read && !of("access.explain").high_risk);
    assert!(of("access.export").is_read && of("access.export").high_risk);
    assert_eq!(registry.find(&"ticket.burn".parse().unwrap()), None);
    let functions = registry.actions().filter(|(_, info)| info.class == ActionClass::Function);
    assert_eq!(registry.len(), Permission::iter().len() + functions.count());
    assert!(!registry.is_empty());
}

#[test]
fn other_systems_register_once() {
    let pay = ActionInfo {
        name: "erp:invoice.pay".parse().unwrap(),
        class: ActionClass::Approval,
        is_read: false,
        high_risk: true,
    };
    let registry = Registry::ours().with([pay.clone()]).unwrap();
    let id = registry.find(&pay.name).unwrap();
    assert_eq!(registry.info(id), &pay);
    assert_eq!(registry.info(registry.function(id)).name.as_str(), "erp:invoice.use");
    let all: ActionPattern = "erp:*".parse().unwrap();
    assert_eq!(registry.matching(&all).count(), 2);
    assert!(registry.with([pay.clone()]).is_err());
    let taken = ActionInfo { name: "ticket.assign".parse().unwrap(), ..pay.clone() };
    assert!(Registry::ours().with([taken]).is_err());
    let function = ActionInfo { name: "erp:invoice.use".parse().unwrap(), ..pay };
    assert!(registry.with([function]).is_err());
}

#[test]
fn a_standing_is_the_same_in_both_forms() {
    assert_eq!(RelationSet::every().count(), 1 << RelationName::iter().len());
    for set in RelationSet::every() {
        assert_eq!(RelationSet::from(Relation::from(set)), set);
        assert_eq!(set.names().collect::<RelationSet>(), set);
    }
    let own = Relation { own: true, ..Relation::default() };
    assert!(RelationSet::from(own).contains(RelationName::Own));
    assert!(!RelationSet::from(own).contains(RelationName::Leads));
}

#[test]
fn any_of_the_standings_does_as_a_whole() {
    use RelationName::{Member, Own, Unassigned};
    let set = |names: &[RelationName]| names.iter().copied().collect::<RelationSet>();
    let rule = RelationRule(vec![set(&[Own]), set(&[Member, Unassigned])]);
    assert!(rule.holds(set(&[Own])) && rule.holds(set(&[Member, Unassigned])));
    assert!(!rule.holds(set(&[Member])) && !rule.holds(RelationSet::NONE));
    assert!(RelationRule::ALWAYS.holds(RelationSet::NONE));
}

#[test]
fn a_barrier_is_drawn_anew_at_one_place_alone() {
    let tree = ScopeTree::from_iter([(place("a"), ClassSet::ALL), (place("a/b"), ClassSet::ALL)]);
    let data: ClassSet = [ActionClass::Data].into_iter().collect();
    let against = |tree: &ScopeTree, class| tree.barriers(class).cloned().collect::<Vec<_>>();
    let narrower = tree.redrawn(&place("a"), data);
    assert_eq!(against(&narrower, ActionClass::Data), [place("a"), place("a/b")]);
    assert_eq!(against(&narrower, ActionClass::Operation), [place("a/b")]);
    let lifted = tree.redrawn(&place("a"), ClassSet::NONE);
    assert_eq!(against(&lifted, ActionClass::Data), [place("a/b")]);
    assert!(lifted.knows(&place("a")));
    assert_eq!(lifted.redrawn(&place("a"), ClassSet::ALL), tree);
}
