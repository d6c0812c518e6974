#include "compare/rights/grants.hpp"

#include "compare/rights/judge_row.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// In place of a namespace: every one. No namespace has such a name.
constexpr std::string_view anywhere = "*";

// The object that a target of a row names in a giver; nothing when it names none.
std::optional<ObjectKey> target_key(const RightsRow::Target& target,
                                    const Value& named,
                                    std::string_view ns) {
  ObjectKey key{.group = target.kind.group, .kind = target.kind.kind, .ns = std::string(ns)};
  if (target.anywhere) {
    key.ns = anywhere;
  }
  if (!target.is_ref) {
    key.name = scalar_text(named);
  } else {
    // A reference without apiVersion is to the kind that the row says, or to the core group.
    const std::string_view kind = named.string_at({"kind"});
    const std::string_view version = named.string_at({"apiVersion"});
    key.name = named.string_at({"name"});
    key.kind = kind.empty() ? target.kind.kind : std::string(kind);
    if (!version.empty() || (!kind.empty() && kind != target.kind.kind)) {
      key.group = group_of(version);
    }
  }
  return key.name.empty() || key.kind.empty() ? std::nullopt : std::optional(std::move(key));
}

// Whose right it is, where the changed object says so itself: that of its writer.
std::string giver_name(const ObjectKey& key, const Difference& difference) {
  return difference.owner ? difference.owner->manager : describe(key);
}

}  // namespace

Grants::Grants(const CellView& view, RightsTable table)
    : table_(std::move(table)), unknown_(view.unknown) {
  for (const RightsRow& row : table_.rows()) {
    if (row.giver != RightsRow::Giver::object || !view.all) {
      continue;
    }
    for (const Value* giver : view.all(row.by)) {
      if (gives(row, *giver)) {
        add(row, *giver);
      }
    }
  }
}

void Grants::add(const RightsRow& row, const Value& giver) {
  const std::string_view ns = giver.string_at({"metadata", "namespace"});
  for (const RightsRow::Target& target : row.targets) {
    for (const Value* named : target.at.select(giver)) {
      if (auto key = target_key(target, *named, ns)) {
        by_target_[*std::move(key)].push_back({&row, giver});
      }
    }
  }
}

Ruling Grants::rule_on(const ObjectKey& key,
                       const Value& live,
                       const Difference& difference) const {
  Ruling ruling = by_others(key, difference);
  if (ruling.kind != Ruling::Kind::by_right) {
    take(ruling, by_itself(key, live, difference));
  }
  if (ruling.kind != Ruling::Kind::by_right) {
    if (auto reason = unread(key, difference)) {
      take(ruling, {.kind = Ruling::Kind::undecided, .reason = *std::move(reason)});
    }
  }
  return ruling;
}

Ruling Grants::by_others(const ObjectKey& key, const Difference& difference) const {
  ObjectKey everywhere = key;
  everywhere.ns = anywhere;
  Ruling best;
  for (const ObjectKey& each : {key, everywhere}) {
    const auto grants = by_target_.find(each);
    if (grants == by_target_.end()) {
      continue;
    }
    for (const Grant& grant : grants->second) {
      const ObjectKey giver = key_of(grant.giver);
      const std::string place = giver.ns.empty() ? "" : giver.ns + "/";
      take(best,
           judge({*grant.row, grant.giver, giver.kind + " " + place + giver.name},
                 key.group_kind(),
                 difference));
    }
  }
  return best;
}

Ruling Grants::by_itself(const ObjectKey& key,
                         const Value& live,
                         const Difference& difference) const {
  Ruling best;
  for (const RightsRow& row : table_.rows()) {
    // Where nothing but the writer tells, there must be a record of one.
    const bool shown = !row.when.empty() || difference.owner;
    if (row.giver == RightsRow::Giver::itself && shown && gives(row, live)) {
      take(best, judge({row, live, giver_name(key, difference)}, key.group_kind(), difference));
    }
  }
  return best;
}

// Why it may be a right after all: a kind that could give it was not read.
std::optional<std::string> Grants::unread(const ObjectKey& key,
                                          const Difference& difference) const {
  for (const RightsRow& row : table_.rows()) {
    const bool may_target = std::ranges::any_of(row.targets, [&](const RightsRow::Target& target) {
      return target.is_ref || target.kind == key.group_kind();
    });
    if (row.giver != RightsRow::Giver::object || !may_target || !unknown_ ||
        !may_be_about(row, key.group_kind(), difference)) {
      continue;
    }
    if (const auto reason = unknown_(row.by, key.ns)) {
      return difference.path.text() + " may be set by a " + row.by.kind +
             ", which could not be looked at: " + *reason;
    }
  }
  return std::nullopt;
}

}  // namespace celldrift::compare
