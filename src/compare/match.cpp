#include "celldrift/compare/match.hpp"

#include "compare/ignore.hpp"
#include "compare/ownership/ownership.hpp"

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

// Moves what the rules hide, and what others have a right to, from the differences to the accepted.
// Returns why the rest cannot be told; nothing when it can.
std::optional<std::string> accept(ObjectResult& result,
                                  const std::vector<IgnoreRule>& rules,
                                  const Context& context) {
  std::optional<std::string> undecided;
  std::vector<Difference> drift;
  for (Difference& difference : result.differences) {
    const auto rule = std::ranges::find_if(rules, [&](const IgnoreRule& each) {
      return is_about(each, result.key) && hides(each, difference);
    });
    if (rule != rules.end()) {
      amend(result.decisions, difference, Decision::Outcome::ignored, "ignoreDifferences hides it");
      result.accepted.push_back({.kind = Accepted::Kind::ignored,
                                 .difference = std::move(difference),
                                 .rule = "ignoreDifferences",
                                 .by = rule->is_system ? "argocd-cm" : "the Application",
                                 .mark = rule->mark});
      continue;
    }
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

// What is said of an object whose API the cell does not serve; with the name that the object is
// live under all the same, if it is. (Argo CD 3.5 fails the sync and the health of such an
// Application.)
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
  const auto undecided = accept(result, rules, context);
  result.reason = undecided.value_or("");
  result.status = !result.differences.empty() ? Status::drifted
                  : undecided                 ? Status::unknown
                                              : Status::equal;
  return result;
}

// Argo CD 3.5 never manages these: built in (events, metrics, leases) or by its install manifest's
// resource.exclusions. Endpoints copy the labels of their Service, tracking included.
bool is_excluded(const ObjectKey& key) {
  static const std::set<GroupKind> kinds = {
      {"", "Event"},
      {"", "Endpoints"},
      {"discovery.k8s.io", "EndpointSlice"},
      {"coordination.k8s.io", "Lease"},
      {"certificates.k8s.io", "CertificateSigningRequest"},
      {"cert-manager.io", "CertificateRequest"},
      {"cilium.io", "CiliumIdentity"},
      {"cilium.io", "CiliumEndpoint"},
      {"cilium.io", "CiliumEndpointSlice"},
  };
  return key.group == "events.k8s.io" || key.group == "metrics.k8s.io" ||
         kinds.contains(key.group_kind());
}

bool has_owner(const Value& live) {
  const Value* owners = live.find({"metadata", "ownerReferences"});
  return owners != nullptr && owners->size() != 0;
}

// Who made an object: the first of its writers.
std::optional<Owner> maker_of(const Value& live) {
  const Ownership ownership(live, Managers::builtin());
  std::optional<Owner> first;
  for (const Claim& claim : ownership.claims()) {
    const bool earlier =
        !first || (claim.owner.time && first->time && *claim.owner.time < *first->time);
    if (claim.owner.subresource.empty() && earlier) {
      first = claim.owner;
    }
  }
  return first;
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

std::vector<Problem> unsupported_ignores(const Value& spec) {
  std::vector<Problem> problems;
  for (const IgnoreRule& rule : ignore_rules(spec)) {
    if (!rule.jq_expressions.empty()) {
      problems.push_back(
          {.stage = Stage::compare,
           .message = "ignoreDifferences for " + rule.kind +
                      " has jqPathExpressions, which are not supported yet: what they "
                      "would hide is reported",
           .source = describe(rule.mark),
           .unknown = LeavesUnknown::no});
    }
  }
  return problems;
}

std::map<std::string, std::vector<ObjectResult>> find_extra(
    const std::vector<std::pair<ObjectKey, Value>>& live,
    const std::set<std::string>& applications,
    const std::set<ObjectKey>& desired) {
  std::map<std::string, std::vector<ObjectResult>> extra;
  for (const auto& [key, object] : live) {
    const std::string application = tracked_by(object);
    if (!applications.contains(application) || desired.contains(key) || has_owner(object) ||
        is_hook(object) || is_excluded(key)) {
      continue;
    }
    ObjectResult result{.key = key,
                        .api_version = std::string(object.string_at({"apiVersion"})),
                        .status = Status::extra};
    result.live = object;
    result.owner = maker_of(object);
    extra[application].push_back(std::move(result));
  }
  return extra;
}

}  // namespace celldrift::compare
