#include "celldrift/compare/match.hpp"

#include "compare/argo/ignored.hpp"
#include "compare/argo/tracking.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::compare {
namespace {

bool is_at_or_below(const Path& path, const Path& ancestor) {
  const auto& steps = path.steps();
  const auto& above = ancestor.steps();
  return steps.size() >= above.size() && std::equal(above.begin(), above.end(), steps.begin());
}

// Says of what was decided on a difference what became of it.
void amend(std::vector<Decision>& decisions,
           const Difference& difference,
           Decision::Outcome outcome,
           const std::string& why) {
  for (Decision& decision : decisions) {
    if (decision.outcome == Decision::Outcome::drift &&
        is_at_or_below(decision.path, difference.path)) {
      decision.outcome = outcome;
      decision.why = why;
    }
  }
}

// Moves what others have a right to from the differences to the accepted. Returns why the rest
// cannot be told; nothing when it can.
std::optional<std::string> accept_rights(ObjectResult& result, const Context& context) {
  std::optional<std::string> undecided;
  std::vector<Difference> drift;
  for (Difference& difference : result.differences) {
    Ruling ruling = context.rights.rule_on(result.key, result.desired, result.live, difference);
    if (ruling.kind == Ruling::Kind::by_right) {
      amend(result.decisions, difference, Decision::Outcome::by_right, ruling.reason);
      result.accepted.push_back({.kind = Accepted::Kind::by_right,
                                 .difference = std::move(difference),
                                 .rule = std::move(ruling.rule),
                                 .by = std::move(ruling.by),
                                 .reason = std::move(ruling.reason)});
    } else if (ruling.kind == Ruling::Kind::undecided) {
      amend(result.decisions, difference, Decision::Outcome::undecided, ruling.reason);
      undecided = std::move(ruling.reason);
    } else {
      difference.reason +=
          (difference.reason.empty() || ruling.reason.empty() ? "" : "; ") + ruling.reason;
      drift.push_back(std::move(difference));
    }
  }
  result.differences = std::move(drift);
  return undecided;
}

// The same for what rules hide, which comes first. Where that cannot be told, nothing that differs
// can be.
std::optional<std::string> accept(ObjectResult& result,
                                  const std::vector<IgnoreRule>& rules,
                                  std::string_view application,
                                  const Context& context) {
  if (result.differences.empty()) {
    return std::nullopt;
  }
  std::optional<std::string> undecided = hide_ignored(result, rules, application, context);
  for (Accepted& hidden : result.accepted) {
    Ruling ruling =
        context.rights.rule_on(result.key, result.desired, result.live, hidden.difference);
    if (ruling.kind != Ruling::Kind::drift) {
      hidden.also_by = ruling.by.empty() ? std::move(ruling.reason) : std::move(ruling.by);
      hidden.also_rule = std::move(ruling.rule);
    }
    amend(result.decisions,
          hidden.difference,
          Decision::Outcome::ignored,
          hidden.rule + " (" + hidden.by + ") hides it");
  }
  if (!undecided) {
    return accept_rights(result, context);
  }
  for (const Difference& difference : result.differences) {
    amend(result.decisions, difference, Decision::Outcome::undecided, *undecided);
  }
  result.differences.clear();
  return undecided;
}

// What is said of an object whose API the cell does not serve; with the name that the object is
// live under all the same, if it is. (Argo CD 3.5.7 takes it for missing, so OutOfSync, and a sync
// fails on it unless the sync brings its CRD or has SkipDryRunOnMissingResource.)
std::string not_served(std::string_view api_version,
                       const ObjectKey& key,
                       const kube::Serving& serving,
                       const LiveView& view) {
  const std::string text = "the cell does not serve " + std::string(api_version) + " " + key.kind;
  if (serving.elsewhere.empty()) {
    return text;
  }
  ObjectKey other = key;
  other.group = group_of(serving.elsewhere);
  const bool is_live = view.find(other, serving.elsewhere) != nullptr;
  return text + " (it serves " + serving.elsewhere +
         (is_live ? ", and the object is live there)" : ")");
}

ObjectResult compare_one(std::string_view application,
                         const std::vector<IgnoreRule>& rules,
                         const ObjectKey& key,
                         const Value& desired,
                         const LiveView& view,
                         const Context& context) {
  ObjectResult result{.key = key, .api_version = std::string(desired.string_at({"apiVersion"}))};
  result.desired = desired;
  if (key.name.empty()) {
    result.reason = "it has a generateName and no name, so no live object can be told to be it";
    return result;
  }
  if (view.served) {
    const auto serving = view.served(result.api_version, key.kind);
    if (serving.state == kube::Serving::State::not_served) {
      result.status = Status::missing;
      result.api_not_served = true;
      result.reason = not_served(result.api_version, key, serving, view);
      return result;
    }
  }
  const Value* live = view.find(key, result.api_version);
  if (live == nullptr) {
    const auto reason = view.unknown(key);
    result.status = reason ? Status::unknown : Status::missing;
    result.reason = reason.value_or("");
    return result;
  }
  // At another version fields have other names and places: nothing can be said of them.
  const std::string_view live_version = live->string_at({"apiVersion"});
  if (live_version != result.api_version) {
    result.reason =
        "it was read as " + std::string(live_version) + ", and Git states " + result.api_version;
    return result;
  }
  result.live = *live;
  Comparison comparison = compare(desired, *live, application, context);
  result.differences = std::move(comparison.differences);
  result.decisions = std::move(comparison.decisions);
  const auto undecided = accept(result, rules, application, context);
  if (auto foreign = mark_of_another(key, *live, application, context)) {
    result.differences.push_back(*std::move(foreign));
  }
  result.reason = undecided.value_or("");
  result.status = !result.differences.empty() ? Status::drifted
                  : undecided                 ? Status::unknown
                                              : Status::equal;
  return result;
}

}  // namespace

std::string_view describe(Status status) {
  static constexpr std::string_view names[] = {"equal", "drifted", "missing", "extra", "unknown"};
  return names[std::size_t(status)];
}

std::vector<ObjectResult> compare_desired(std::string_view application,
                                          const Value& spec,
                                          const std::vector<std::pair<ObjectKey, Value>>& desired,
                                          const LiveView& live,
                                          const Context& context) {
  std::vector<IgnoreRule> rules = ignore_rules(spec);
  std::ranges::copy(context.settings.ignore_rules, std::back_inserter(rules));
  std::vector<ObjectResult> results;
  for (const auto& [key, object] : desired) {
    if (!is_hook(object)) {
      results.push_back(compare_one(application, rules, key, object, live, context));
    }
  }
  return results;
}

std::set<ObjectKey> identities(const ObjectKey& key) {
  std::set<ObjectKey> keys{key};
  for (const GroupKind& other : kube::same_kind_elsewhere(key.group_kind())) {
    keys.insert({other.group, other.kind, key.ns, key.name});
  }
  return keys;
}

}  // namespace celldrift::compare
