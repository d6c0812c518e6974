#include "compare/rights/admission_ruling.hpp"

#include "celldrift/core/text.hpp"
#include "compare/ownership/last_applied.hpp"
#include "compare/rights/judge_row.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

const GroupKind kyverno_kinds[] = {{"kyverno.io", "ClusterPolicy"}, {"kyverno.io", "Policy"}};

// How well a difference fits what admission does.
enum class Trace {
  none,      // somebody else did it
  possible,  // admission may have done it, as may a hand or a cell that lags behind Git
  sure,      // only admission leaves such a one
};

// Added: nobody's leaf in an object whose owners are recorded is admission's; so is the default
// that a client-side applier owns, without having stated it, and that is another value now. Without
// any record, nothing tells it from a hand's.
Trace trace_of_added(const Difference& difference, const Value& live) {
  const auto& owner = difference.owner;
  const bool was_default = difference.evidence == Evidence::still_owned && owner &&
                           owner->kind == ManagerClass::gitops && owner->operation == "Update" &&
                           has_last_applied(live);
  if (difference.evidence != Evidence::no_record && !was_default &&
      difference.evidence != Evidence::no_ownership) {
    return Trace::none;
  }
  if (last_applied_at(live, difference.path)) {
    return Trace::none;
  }
  return difference.evidence == Evidence::no_ownership ? Trace::possible : Trace::sure;
}

// Modified: the value is still the applier's own. When the applier is known to have stated what Git
// states (client-side apply keeps a copy), admission made another of it. A server-side apply keeps
// none: the cell may lag behind Git.
Trace trace_of_modified(const Difference& difference, const Value& live) {
  const auto& owner = difference.owner;
  if (owner && (owner->kind != ManagerClass::gitops || owner->manager == "before-first-apply")) {
    return Trace::none;
  }
  const auto stated = last_applied_at(live, difference.path);
  const bool stated_it = stated && difference.want && *stated == *difference.want;
  if (owner) {
    return stated_it && owner->operation == "Update" ? Trace::sure : Trace::possible;
  }
  return stated_it ? Trace::possible : Trace::none;
}

// What is removed leaves no trace: a hand's removal looks the same.
Trace trace_of(const Difference& difference, const Value& live) {
  switch (difference.change) {
    case Change::added:
      return trace_of_added(difference, live);
    case Change::modified:
      return trace_of_modified(difference, live);
    case Change::removed:
      break;
  }
  return Trace::none;
}

// The scale subresource has an owner only where somebody owned the number before: nobody's number
// is anybody's who scaled, and no webhook's that is not known to. (kube-apiserver 1.35.1)
bool is_scale(const Path& path) {
  return path.text() == "spec.replicas";
}

std::string names_of(const std::vector<Called::By>& by) {
  constexpr std::size_t shown = 3;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(by.size(), shown); ++i) {
    names.push_back(by[i].name);
  }
  if (by.size() > shown) {
    names.push_back(std::to_string(by.size() - shown) + " others");
  }
  return join(names, " or ");
}

bool is_kyverno(const Called::By& by) {
  return by.config.starts_with("kyverno-");
}

}  // namespace

struct AdmissionRulings::Case {
  const ObjectKey& key;
  const Value& desired;
  const Value& live;
  const Difference& difference;
  Trace trace;
  Called called;
};

AdmissionRulings::AdmissionRulings(const CellView& view, RightsTable table)
    : table_(std::move(table)), admission_(view) {
  for (const GroupKind& kind : kyverno_kinds) {
    for (const Value* policy : view.all ? view.all(kind) : std::vector<const Value*>{}) {
      std::ranges::move(kyverno_rules(*policy), std::back_inserter(policies_));
    }
    if (view.unknown && !policies_unread_) {
      policies_unread_ = view.unknown(kind, "");
    }
  }
}

std::set<GroupKind> AdmissionRulings::kinds() {
  std::set<GroupKind> kinds = Admission::kinds();
  kinds.insert(std::begin(kyverno_kinds), std::end(kyverno_kinds));
  return kinds;
}

Ruling AdmissionRulings::rule_on(const ObjectKey& key,
                                 const Value& desired,
                                 const Value& live,
                                 const Difference& difference) const {
  Case about{key, desired, live, difference, trace_of(difference, live), {}};
  if (auto ruling = by_policy(about)) {
    return *std::move(ruling);
  }
  if (about.trace == Trace::none) {
    return {};
  }
  about.called = admission_.called_for(key, desired, live);
  if (auto ruling = by_declared_webhook(about)) {
    return *std::move(ruling);
  }
  if (difference.change == Change::added && is_scale(difference.path)) {
    return {.reason = "scaling leaves no record of who, where Git states no number"};
  }
  std::erase_if(about.called.by, [&](const Called::By& by) { return !explains(by); });
  return by_any_webhook(about);
}

// A Kyverno policy says what it puts; those that change what is there already do so as themselves.
std::optional<Ruling> AdmissionRulings::by_policy(const Case& about) const {
  const auto& owner = about.difference.owner;
  const bool by_background = owner && glob_match("kyverno*", owner->manager);
  if (about.trace == Trace::none && !by_background) {
    return std::nullopt;
  }
  const Written written{
      about.key, about.desired, about.live, admission_.namespace_labels(about.key.ns)};
  for (const KyvernoRule& rule : policies_) {
    const bool is_its =
        by_background ? is_target(rule, about.key) : is_about(rule, written) != Match::no;
    if (is_its && puts(rule, about.key, about.difference)) {
      return Ruling{.kind = Ruling::Kind::by_right,
                    .rule = "kyverno-policy",
                    .by = "Kyverno " + rule.policy,
                    .reason = "Kyverno " + rule.policy + " puts it there"};
    }
  }
  return std::nullopt;
}

// Users say of a webhook what it rewrites: then it need not be proven.
std::optional<Ruling> AdmissionRulings::by_declared_webhook(const Case& about) const {
  for (const RightsRow& row : table_.rows()) {
    if (row.giver != RightsRow::Giver::webhook || !gives(row, about.live)) {
      continue;
    }
    RightsRow anybody = row;
    anybody.writers = {"any"};
    if (!may_be_about(anybody, about.key.group_kind(), about.difference)) {
      continue;
    }
    for (const Called::By& by : about.called.by) {
      const std::string_view name = std::string_view(by.name).substr(by.name.find(' ') + 1);
      if (std::ranges::any_of(row.webhooks, [&](const std::string& pattern) {
            return glob_match(pattern, name) || glob_match(pattern, by.config);
          })) {
        return Ruling{.kind = Ruling::Kind::by_right,
                      .rule = row.name,
                      .by = by.name,
                      .reason = by.name + " " + row.says};
      }
    }
  }
  return std::nullopt;
}

// Kyverno's webhooks put what its policies say, and by_policy() knows what that is.
bool AdmissionRulings::explains(const Called::By& by) const {
  return !is_kyverno(by) || policies_unread_.has_value();
}

Ruling AdmissionRulings::by_any_webhook(const Case& about) const {
  const bool added = about.difference.change == Change::added;
  const std::string what = about.difference.path.text();
  if (about.called.by.empty()) {
    if (!about.called.unknown || (about.trace == Trace::possible && !added)) {
      return {};
    }
    return {.kind = Ruling::Kind::undecided,
            .reason = what + " may be an admission webhook's: " + *about.called.unknown};
  }
  const std::string names = names_of(about.called.by);
  if (about.trace == Trace::sure) {
    return {
        .kind = Ruling::Kind::by_right,
        .rule = about.called.by.front().rule,
        .by = names,
        .reason = names + (added ? " puts it into objects as they are written"
                                 : " makes this of what was applied, which is what Git states")};
  }
  if (added) {
    return {.kind = Ruling::Kind::undecided,
            .reason = what + " may be put there by " + names +
                      ", or by hand: the object has no managedFields that would tell"};
  }
  return {.reason = names +
                    " is called for this object and may have rewritten it; or the cell has what "
                    "Git stated earlier"};
}

}  // namespace celldrift::compare
