// Live fields that Git does not state: whose are they?

#include "compare/walk/walk.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// Whether the field of a structure would be known as a default if it were one: of Kubernetes' own
// kinds as far as the table of defaults goes, of custom resources by their schema. The defaults of
// an aggregated API are in its code, and its schema does not tell them.
Defaults defaults_in(const kube::Type& structure, std::string_view field) {
  if (!structure.name.starts_with("io.k8s.")) {
    return structure.name.find('.') == std::string_view::npos ? Defaults::known : Defaults::unknown;
  }
  const kube::Type* recorded = kube::Schema::builtin().named(structure.name);
  const bool is_newer =
      recorded == nullptr || (recorded->find(field) == nullptr && structure.find(field) != nullptr);
  return is_newer ? Defaults::unknown : Defaults::known;
}

// Where a schema lets anything be, it has no defaults either.
bool is_free_form(const kube::Place* place) {
  while (place != nullptr && place->type.kind == kube::Type::Kind::unknown) {
    if (place->type.preserve_unknown) {
      return true;
    }
    place = place->parent;
  }
  return false;
}

Defaults defaults_of(const kube::Place& place) {
  const bool is_untyped = place.type.kind == kube::Type::Kind::unknown && !is_free_form(&place);
  std::string_view field = place.field;
  for (const kube::Place* around = place.parent; around != nullptr; around = around->parent) {
    if (around->type.kind == kube::Type::Kind::structure) {
      // A field may be any JSON (the example in a CustomResourceDefinition's schema).
      const bool is_declared = !is_untyped || around->type.find(field) != nullptr;
      return is_declared ? defaults_in(around->type, field) : Defaults::unknown;
    }
    field = around->field;
  }
  return is_untyped ? Defaults::unknown : Defaults::known;
}

// True when the server puts such a structure there by itself: what is in it is then looked at field
// by field.
bool is_there_by_itself(const kube::Default& expected) {
  return expected.kind == kube::Default::Kind::value && expected.value.is_map();
}

// True when the server would put `have` there of what Git states. Siblings that Git states no more
// may be why it is the default in the cell.
bool is_default_in_git(const kube::Place& place, const kube::Default& expected) {
  const kube::Place* around = place.parent;
  const bool hangs_on_siblings = !expected.earlier.empty();
  if (!hangs_on_siblings || around->desired != nullptr || around->parent == nullptr) {
    return true;
  }
  const kube::Default whole = kube::default_of(*around->parent, around->field);
  const Value* in_git = whole.value.find(place.field);
  return in_git != nullptr && *in_git == place.live;
}

}  // namespace

void Walk::unstated(const LiveNode& live, const kube::Default& expected) {
  if (!live.place.live.is_null() && !explained(live, expected)) {
    unstated_content(live, expected);
  }
}

bool Walk::explained(const LiveNode& live, const kube::Default& expected, Stated stated) {
  const Value& have = live.place.live;
  const bool is_default = expected.kind == kube::Default::Kind::value &&
                          same_scalar(expected.value, have, live.place.type, kept_);
  if (!is_default || !is_default_in_git(live.place, expected)) {
    const auto purpose =
        expected.explains(have) ? put_on_purpose(record_, live.crumb) : std::optional<Verdict>();
    // Whoever applies Git owns what Git states, also where that came to something else.
    const bool is_own =
        purpose && stated == Stated::as_nothing && purpose->evidence == Evidence::still_owned;
    if (!expected.explains(have) || (purpose && !is_own)) {
      return false;
    }
  }
  decide(Outcome::defaulted,
         live.crumb,
         is_default ? "the API server puts it there when nobody states it"
                    : "the API server chooses it",
         nullptr,
         &have);
  return true;
}

void Walk::unstated_content(const LiveNode& live, const kube::Default& expected) {
  const Value& have = live.place.live;
  const kube::Type::Kind kind = live.place.type.kind;
  if (have.is_list()) {
    if (!unstated_items(live)) {
      unstated_leaf(live);
    }
  } else if (!have.is_map() || have.size() == 0) {
    unstated_leaf(live);
  } else if (kind == kube::Type::Kind::map || is_there_by_itself(expected)) {
    unstated_children(live, is_there_by_itself(expected) ? &expected.value : nullptr);
  } else {
    unstated_structure(live);
  }
}

// `expected` is what the server puts there by itself, as far as that is not told by the fields;
// nullptr when nothing.
void Walk::unstated_children(const LiveNode& live, const Value* expected) {
  for (const Value::Entry& entry : live.place.live.entries()) {
    unstated_field(entry, live, expected == nullptr ? nullptr : expected->find(entry.key));
  }
}

bool Walk::unstated_items(const LiveNode& live) {
  if (live.place.live.size() == 0) {
    return false;
  }
  if (live.place.type.kind == kube::Type::Kind::unknown) {
    static const Value nothing = Value::list({});
    return list_of_unknown_type(nothing, live);
  }
  static const Value nothing = Value::list({});
  return live.place.type.list_kind != kube::ListKind::atomic && items(nothing, live);
}

// One item of a keyed list or a set.
void Walk::unstated_item(const kube::Place& list, const LiveNode& live) {
  const Value& have = live.place.live;
  if (kube::default_item(list, have) && !put_on_purpose(record_, live.crumb)) {
    decide(Outcome::defaulted, live.crumb, "the API server adds it", nullptr, &have);
  } else if (have.is_map() && have.size() != 0) {
    unstated_structure(live);
  } else {
    unstated_leaf(live);
  }
}

// One difference at its top when all in it is somebody's hand; else one for each part.
void Walk::unstated_structure(const LiveNode& live) {
  const std::size_t first = found_.differences.size();
  const std::size_t others = by_others_;
  unstated_children(live, nullptr);
  if (by_others_ != others) {
    return;
  }
  if (found_.differences.size() == first) {
    unstated_leaf(live);  // all defaults, but of a structure that somebody put there
  } else {
    fold(first, live);
  }
}

// Makes one difference at `live` of those from `first` on, unless they differ in their evidence.
bool Walk::fold(std::size_t first, const LiveNode& live) {
  const auto parts = std::span(found_.differences).subspan(first);
  const bool is_one_thing = std::ranges::all_of(parts, [&](const Difference& each) {
    return each.evidence == parts[0].evidence &&
           each.owner.has_value() == parts[0].owner.has_value();
  });
  if (!is_one_thing) {
    return false;
  }
  const auto last = std::ranges::max_element(parts, {}, [](const Difference& each) {
    return each.owner && each.owner->time ? *each.owner->time : Time{};
  });
  Difference whole{.path = path_of(live.crumb),
                   .change = Change::added,
                   .want = std::nullopt,
                   .have = live.place.live,
                   .mark = stated_,
                   .owner = last->owner,
                   .evidence = last->evidence,
                   .reason = last->reason};
  found_.differences.resize(first);
  found_.differences.push_back(std::move(whole));
  return true;
}

void Walk::unstated_leaf(const LiveNode& live) {
  judge(live, verdict_on(record_, live.crumb, defaults_of(live.place)));
}

void Walk::judge(const LiveNode& live, Verdict verdict) {
  const Value& have = live.place.live;
  switch (verdict.kind) {
    case Verdict::Kind::controller:
      if (in_atomic_) {
        break;
      }
      ++by_others_;
      decide(Outcome::controller, live.crumb, verdict.reason, nullptr, &have);
      return;
    case Verdict::Kind::untellable:
      decide(Outcome::undecided, live.crumb, verdict.reason, nullptr, &have);
      return;
    case Verdict::Kind::drift:
      break;
  }
  report({.change = Change::added,
          .have = have,
          .owner = std::move(verdict.owner),
          .evidence = verdict.evidence,
          .reason = std::move(verdict.reason)},
         live.crumb);
}

}  // namespace celldrift::compare
